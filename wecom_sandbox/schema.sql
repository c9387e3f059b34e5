-- Everything the sandbox knows. One file, WAL, one writer. Times are Unix seconds of the virtual clock.
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS agents (
  agentid INTEGER PRIMARY KEY, secret TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  external_contact INTEGER NOT NULL DEFAULT 1, scope TEXT
);
CREATE TABLE IF NOT EXISTS departments (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, parentid INTEGER NOT NULL, ord INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS users (
  userid TEXT PRIMARY KEY COLLATE NOCASE, name TEXT NOT NULL, position TEXT NOT NULL, mobile TEXT NOT NULL,
  departments TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS contacts (
  external_userid TEXT PRIMARY KEY, name TEXT NOT NULL, corp_name TEXT NOT NULL, position TEXT NOT NULL,
  type INTEGER NOT NULL DEFAULT 1, gender INTEGER NOT NULL DEFAULT 0
);
-- relation: friends | pending (waits for the member) | left (customer deleted member) | dropped (member deleted)
CREATE TABLE IF NOT EXISTS follows (
  userid TEXT NOT NULL COLLATE NOCASE, external_userid TEXT NOT NULL, relation TEXT NOT NULL,
  remark TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '',
  remark_company TEXT NOT NULL DEFAULT '', remark_mobiles TEXT NOT NULL DEFAULT '[]',
  createtime INTEGER NOT NULL, state TEXT NOT NULL DEFAULT '', add_way INTEGER NOT NULL DEFAULT 0,
  last_chat_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (userid, external_userid)
);
CREATE INDEX IF NOT EXISTS follows_external ON follows (external_userid);
CREATE TABLE IF NOT EXISTS follow_tags (
  userid TEXT NOT NULL COLLATE NOCASE, external_userid TEXT NOT NULL, tag_id TEXT NOT NULL,
  PRIMARY KEY (userid, external_userid, tag_id)
);
CREATE TABLE IF NOT EXISTS tag_groups (
  group_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, ord INTEGER NOT NULL, create_time INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS tags (
  tag_id TEXT PRIMARY KEY, group_id TEXT NOT NULL, name TEXT NOT NULL, ord INTEGER NOT NULL,
  create_time INTEGER NOT NULL, maker TEXT NOT NULL, UNIQUE (group_id, name)
);
CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, secret TEXT NOT NULL, agentid INTEGER, expires INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS tokens_secret ON tokens (secret, expires);
-- One row per recipient of an app message; `replaced` is the dead line that took the place of the buttons.
CREATE TABLE IF NOT EXISTS app_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, msgid TEXT NOT NULL, agentid INTEGER NOT NULL,
  userid TEXT NOT NULL COLLATE NOCASE, msgtype TEXT NOT NULL, body TEXT NOT NULL, sent_at INTEGER NOT NULL,
  recalled INTEGER NOT NULL DEFAULT 0, replaced TEXT, clicked TEXT, UNIQUE (msgid, userid)
);
CREATE INDEX IF NOT EXISTS app_messages_user ON app_messages (userid, agentid, sent_at);
CREATE TABLE IF NOT EXISTS card_tasks (
  agentid INTEGER NOT NULL, task_id TEXT NOT NULL, msgid TEXT NOT NULL, PRIMARY KEY (agentid, task_id)
);
CREATE TABLE IF NOT EXISTS response_codes (
  code TEXT PRIMARY KEY, msgid TEXT NOT NULL, agentid INTEGER NOT NULL, expires INTEGER NOT NULL, used_at INTEGER
);
CREATE TABLE IF NOT EXISTS sent_requests (
  agentid INTEGER NOT NULL, digest TEXT NOT NULL, sent_at INTEGER NOT NULL, response TEXT NOT NULL,
  PRIMARY KEY (agentid, digest)
);
-- Chats between a member and an external contact. sender: member | customer. read_at never leaves by an API call.
CREATE TABLE IF NOT EXISTS chat_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, userid TEXT NOT NULL COLLATE NOCASE, external_userid TEXT NOT NULL,
  sender TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, sent_at INTEGER NOT NULL,
  origin TEXT NOT NULL DEFAULT '', read_at INTEGER, tapped_at INTEGER
);
CREATE INDEX IF NOT EXISTS chat_messages_pair ON chat_messages (userid, external_userid, id);
CREATE TABLE IF NOT EXISTS welcome_codes (
  code TEXT PRIMARY KEY, userid TEXT NOT NULL COLLATE NOCASE, external_userid TEXT NOT NULL,
  expires INTEGER NOT NULL, used_at INTEGER
);
CREATE TABLE IF NOT EXISTS contact_ways (
  config_id TEXT PRIMARY KEY, body TEXT NOT NULL, create_time INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS group_messages (
  msgid TEXT PRIMARY KEY, agentid INTEGER, create_time INTEGER NOT NULL, text TEXT NOT NULL,
  attachments TEXT NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0
);
-- One row per member who must confirm. hidden: the member put it aside on the phone (still unsent).
CREATE TABLE IF NOT EXISTS group_tasks (
  msgid TEXT NOT NULL, userid TEXT NOT NULL COLLATE NOCASE, status INTEGER NOT NULL DEFAULT 0,
  send_time INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (msgid, userid)
);
-- status as in get_groupmsg_send_result: 0 unsent, 1 sent, 2 not a friend, 3 the customer's quota was used up
CREATE TABLE IF NOT EXISTS group_targets (
  msgid TEXT NOT NULL, userid TEXT NOT NULL COLLATE NOCASE, external_userid TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0, send_time INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (msgid, userid, external_userid)
);
CREATE INDEX IF NOT EXISTS group_targets_customer ON group_targets (external_userid, status, send_time);
CREATE TABLE IF NOT EXISTS group_reminders (msgid TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS oauth_codes (
  code TEXT PRIMARY KEY, userid TEXT, external_userid TEXT, scope TEXT NOT NULL,
  expires INTEGER NOT NULL, used_at INTEGER
);
CREATE TABLE IF NOT EXISTS user_tickets (ticket TEXT PRIMARY KEY, userid TEXT NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS call_counts (
  path TEXT NOT NULL, minute INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (path, minute)
);
CREATE TABLE IF NOT EXISTS faults (path TEXT PRIMARY KEY, errcode INTEGER NOT NULL, remaining INTEGER NOT NULL);
-- Callbacks waiting to be posted. due_at is real time, so a moved clock does not hold them back.
CREATE TABLE IF NOT EXISTS outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, agentid INTEGER NOT NULL, plain TEXT NOT NULL, created INTEGER NOT NULL,
  query TEXT, body TEXT, tries INTEGER NOT NULL DEFAULT 0, due_at REAL NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting', copies INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (state, due_at);
-- direction: call (program → sandbox), callback (sandbox → program), person (somebody tapped a phone)
CREATE TABLE IF NOT EXISTS journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, direction TEXT NOT NULL, actor TEXT NOT NULL,
  path TEXT NOT NULL, note TEXT NOT NULL, errcode INTEGER NOT NULL, request TEXT NOT NULL, response TEXT NOT NULL
);
