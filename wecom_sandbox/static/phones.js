// The page with two phones: asks every 2 seconds what there is, and redraws only what changed.
import { appMessage, chatMessage, clock, clockSeconds, day, lastWords, make, stamp, talkRow, taskCard } from "./draw.js";

const words = JSON.parse(document.getElementById("words").textContent);
const at = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const view = {
  employee: query.get("employee"), candidate: query.get("candidate"),
  tab: query.get("tab") === "chats" ? "chats" : "app", employeeChat: query.get("chat"), candidateChat: null,
  state: null, phone: null, other: null, lines: [], drawn: {},
};

// Talking to the sandbox

async function get(path) {
  const reply = await fetch(`/sandbox/api/${path}`);
  if (!reply.ok) throw new Error((await reply.json()).error);
  return reply.json();
}

async function post(path, body = {}) {
  const reply = await fetch(`/sandbox/api/${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  const answer = await reply.json();
  at("notice").textContent = reply.ok ? "" : `${answer.error} ${answer.fix}`;
  await refresh();
  return reply.ok;
}

const employeePath = (rest = "") => `phones/employee/${encodeURIComponent(view.employee)}${rest}`;
const candidatePath = (rest = "") => `phones/candidate/${encodeURIComponent(view.candidate)}${rest}`;

async function look() {
  view.state = await get("state");
  if (!view.state.users.some((user) => user.userid === view.employee)) view.employee = (view.state.users[0] || {}).userid || null;
  if (!view.state.contacts.some((person) => person.external_userid === view.candidate)) view.candidate = (view.state.contacts[0] || {}).external_userid || null;
  [view.phone, view.other, view.lines] = await Promise.all([
    view.employee ? get(employeePath()) : null,
    view.candidate ? get(candidatePath()) : null,
    get("journal?limit=60").then((answer) => answer.lines),
  ]);
}

let asking = Promise.resolve();
function refresh() {
  asking = asking.then(look).then(draw).then(() => {
    if (at("notice").textContent === words.lost) at("notice").textContent = "";
  }).catch(() => { at("notice").textContent = words.lost; });
  return asking;
}

// Drawing

function changed(name, value) {
  const text = JSON.stringify(value);
  if (view.drawn[name] === text) return false;
  view.drawn[name] = text;
  return true;
}

// Put new children in and give the keyboard its place back. The reader stays at the end if they were there.
function fill(box, children, { toEnd = false } = {}) {
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  const wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  box.replaceChildren(...children);
  if (toEnd && wasAtEnd) box.scrollTop = box.scrollHeight;
  if (held) (box.querySelector(`[data-testid="${CSS.escape(held)}"]`) || box).focus();
}

function draw() {
  at("clock").textContent = `${words.clock} ${day(view.state.clock.now)} ${clock(view.state.clock.now)}`;
  drawPickers();
  drawEmployee();
  drawCandidate();
  drawLine();
  drawJournal();
  drawWarnings();
  const place = new URLSearchParams(location.search);
  for (const [name, value] of [["employee", view.employee], ["candidate", view.candidate]]) if (value) place.set(name, value);
  history.replaceState(null, "", `?${place}`);
}

function drawPickers() {
  const { users, contacts } = view.state;
  const ways = view.state.contact_ways;
  if (!changed("pickers", [users, contacts.map((person) => [person.external_userid, person.name]), ways, view.employee, view.candidate])) return;
  fill(at("employee-select"), users.map((user) => make("option", { value: user.userid, selected: user.userid === view.employee }, `${user.name} ${user.position}`)));
  fill(at("candidate-select"), contacts.map((person) => make("option", { value: person.external_userid, selected: person.external_userid === view.candidate }, person.name)));
  const name = (way) => way.remark || way.state || way.user.join("、");
  const options = ways.map((way) => make("option", { value: way.config_id }, name(way)));
  fill(at("scan-select"), options.length ? options : [make("option", { value: "" }, words.scan_none)]);
  at("scan").disabled = !options.length || !view.candidate;
}

function owner(id, name, kind) {
  at(id).replaceChildren(name ? words.whose_phone.replace("{name}", name) : "", " ", make("small", {}, kind));
}

function drawEmployee() {
  const phone = view.phone;
  const chat = phone && phone.chats.find((one) => one.external_userid === view.employeeChat);
  if (!changed("employee", [phone, view.tab, view.employeeChat])) return;
  owner("employee-title", phone && phone.name, words.wecom);
  const live = phone ? phone.messages.filter((message) => message.live && message.body.card_type && message.body.button_list).length : 0;
  drawTab("app", words.tab_app, live);
  drawTab("chats", words.tab_chats, phone ? phone.requests.length : 0);
  const inChat = view.tab === "chats" && chat;
  const agents = view.state.agents;
  at("employee-bar").textContent = inChat ? chat.remark || chat.name : view.tab === "app" ? (agents[0] || { name: words.tab_app }).name : words.tab_chats;
  at("employee-back").hidden = !inChat;
  at("employee-form").hidden = !inChat || chat.relation !== "friends";
  at("employee-screen").setAttribute("aria-labelledby", `tab-${view.tab}`);
  const waiting = phone ? phone.tasks.filter((task) => task.state === "waiting") : [];
  fill(at("employee-tasks"), waiting.map((task) => taskCard(task, words, confirmTask, ignoreTask)));
  fill(at("employee-screen"), employeeScreen(phone, chat), { toEnd: true });
}

function drawTab(name, text, number) {
  const tab = at(`tab-${name}`);
  tab.setAttribute("aria-selected", String(view.tab === name));
  tab.tabIndex = view.tab === name ? 0 : -1;
  tab.replaceChildren(text, ...(number ? [make("span", { class: "gy-num" }, String(number))] : []));
}

function employeeScreen(phone, chat) {
  if (!phone) return [make("p", { class: "gy-chat-time" }, words.not_set_up)];
  const now = view.state.clock.now;
  if (view.tab === "app") {
    const shown = phone.messages.map((message) => appMessage(message, words, now, clickCard));
    return shown.length ? shown : [make("p", { class: "gy-chat-time" }, words.app_empty)];
  }
  if (chat) return conversation(chat.messages, now, {
    mineIs: "member", mine: phone.name, theirs: chat.name, testid: "employee-message", tap: () => {},
    end: { left: words.relation_left, dropped: words.relation_dropped }[chat.relation],
  });
  const asked = phone.requests.map((person) => make("div", { class: "gy-task" }, make("p", {}, `${person.name} ${words.friend_request}`),
    make("div", { class: "gy-row" }, make("button", { type: "button", class: "btn btn-primary", "data-testid": "accept-friend",
      onclick: () => post(employeePath(`/chats/${encodeURIComponent(person.external_userid)}/accept`)) }, words.accept))));
  const rows = phone.chats.map((one) => talkRow(one.remark || one.name, lastWords(one), `chat-open-${one.external_userid}`, () => {
    view.employeeChat = one.external_userid;
    draw();
  }));
  const sent = phone.tasks.filter((task) => task.state !== "waiting").slice(0, 5).map((task) => make("p", { class: "gy-chat-time", "data-testid": "groupmsg-done" },
    `${words[`task_${task.state}`]} · ${task.customers.map((one) => `${one.name} ${words[`status_${one.status}`]}`).join("，")}`));
  return [...asked, rows.length ? make("div", { class: "gy-talks" }, ...rows) : make("p", { class: "gy-chat-time" }, words.chats_empty), ...sent];
}

function conversation(messages, now, { mineIs, mine, theirs, testid, tap, end }) {
  const nodes = [];
  let last = 0;
  for (const message of messages) {
    if (message.sent_at - last > 300) nodes.push(make("div", { class: "gy-chat-time" }, stamp(message.sent_at, now)));
    last = message.sent_at;
    const isMine = message.sender === mineIs;
    nodes.push(chatMessage(message, { mine: isMine, name: isMine ? mine : theirs, testid, tap }));
  }
  if (end) nodes.push(make("p", { class: "gy-chat-time", "data-testid": "relation-ended" }, end));
  return nodes.length ? nodes : [make("p", { class: "gy-chat-time" }, words.chats_empty)];
}

function openChat() {
  const chats = view.other ? view.other.chats : [];
  return chats.length === 1 ? chats[0] : chats.find((one) => one.userid === view.candidateChat);
}

function drawCandidate() {
  const phone = view.other;
  const chat = openChat();
  if (!changed("candidate", [phone, view.candidateChat])) return;
  owner("candidate-title", phone && phone.name, words.wechat);
  at("candidate-bar").textContent = chat ? `${chat.name}@${phone.corp}` : words.wechat;
  at("candidate-back").hidden = !chat || phone.chats.length === 1;
  at("candidate-form").hidden = !chat || chat.relation !== "friends";
  at("delete-friend").hidden = at("candidate-form").hidden;
  fill(at("candidate-screen"), candidateScreen(phone, chat), { toEnd: true });
  if (chat && chat.messages.some((message) => message.sender === "member" && !message.read)) {
    post(candidatePath(`/chats/${encodeURIComponent(chat.userid)}/read`));
  }
}

function candidateScreen(phone, chat) {
  if (!phone) return [make("p", { class: "gy-chat-time" }, words.not_set_up)];
  if (chat) return conversation(chat.messages, view.state.clock.now, {
    mineIs: "customer", mine: phone.name, theirs: chat.name, testid: "candidate-message",
    tap: (message) => post(candidatePath(`/chats/${encodeURIComponent(chat.userid)}/tap`), { message_id: message.id }),
    end: { left: words.relation_left_c, dropped: words.relation_dropped_c }[chat.relation],
  });
  if (!phone.chats.length) return [make("p", { class: "gy-chat-time" }, words.chats_empty)];
  return [make("div", { class: "gy-talks" }, ...phone.chats.map((one) => talkRow(`${one.name}@${phone.corp}`, lastWords(one), `candidate-chat-open-${one.userid}`, () => {
    view.candidateChat = one.userid;
    draw();
  })))];
}

// The five steps of the last group message between the two people on screen
function drawLine() {
  const chat = view.other && view.other.chats.find((one) => one.userid === view.employee);
  const line = chat && chat.line;
  at("line-box").hidden = !line;
  if (!line || !changed("line", line)) return;
  const steps = [["made", line.made], ["confirmed", line.confirmed], line.failed ? ["failed", null] : ["sent", line.sent], ["tapped", line.tapped], ["answered", line.answered]];
  if (line.cancelled) steps.splice(1, 1, ["cancelled", null]);
  let nowSet = false;
  fill(at("line"), steps.map(([name, time]) => {
    let look = time ? "is-done" : null;
    if (name === "failed" || name === "cancelled") look = "is-fail";
    else if (!time && !nowSet && !line.failed && !line.cancelled) { look = "is-now"; nowSet = true; }
    return make("li", { class: look, "data-testid": `line-${name}`, "data-done": String(Boolean(time)) }, words[`step_${name}`], make("small", {}, time ? clock(time) : ""));
  }));
}

// Ids become names; the common prefix of customer calls only costs room.
function withNames(note) {
  const names = new Map([...view.state.users.map((user) => [user.userid, user.name]), ...view.state.contacts.map((person) => [person.external_userid, person.name])]);
  return note.split(/([|、])/).map((part) => part.split(" → ").map((word) => names.get(word) || word).join(" → ")).join("").replaceAll("|", "、");
}

function journalFrom(line) {
  if (line.direction === "call") return words.dir_call.replace("{name}", line.actor || words.program);
  return line.actor || words[`dir_${line.direction}`];
}

function journalCall(line) {
  if (line.direction === "person") return words[`act_${line.path}`] || line.path;
  return line.path.replace(/^externalcontact\//, "");
}

function journalResult(line) {
  if (line.errcode === 0) return make("td", { class: "gy-ok gy-nw" }, words.ok);
  return make("td", { class: "gy-bad" }, line.direction === "call" ? `${line.errcode} ${words[`err_${line.errcode}`] || ""}`.trim() : words.failed);
}

function drawJournal() {
  if (!changed("journal", view.lines.length ? view.lines[0].id : 0)) return;
  at("journal-empty").hidden = view.lines.length > 0;
  fill(at("journal"), view.lines.map((line) => {
    const row = make("tr", { "data-testid": "journal-row", "data-path": line.path, "data-direction": line.direction, "data-errcode": line.errcode, onclick: () => showLine(line) },
      make("td", { class: "gy-3rd gy-nw" }, clockSeconds(line.at)),
      make("td", { class: "gy-nw" }, journalFrom(line)),
      make("td", {}, make("button", { type: "button", "data-testid": `journal-open-${line.id}` }, journalCall(line)), line.note ? make("small", {}, withNames(line.note)) : null),
      journalResult(line));
    return row;
  }));
}

function showLine(line) {
  const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  at("detail-title").textContent = `${journalFrom(line)} ${line.direction === "call" ? line.path : journalCall(line)}`;
  at("detail-request").textContent = pretty(line.request);
  at("detail-response").textContent = pretty(line.response);
  at("detail").showModal();
}

function drawWarnings() {
  const { faults, callback } = view.state;
  const on = faults.fail.map((fault) => `${fault.path} → ${fault.errcode} ×${fault.remaining}`);
  if (faults.deny_ip) on.push("60020");
  if (faults.duplicate_callbacks) on.push(words.fault_duplicates);
  const parts = on.length ? [`${words.faults_on}：${on.join("，")}`] : [];
  if (callback.url && !callback.verified) parts.push(`${words.callback_bad}${callback.error || callback.url}`);
  at("warnings").hidden = !parts.length;
  at("warnings").textContent = parts.join("　");
}

// Taps

const clickCard = (message, key, selected) => post(employeePath(`/cards/${message.id}/click`), { key, selected });
const confirmTask = (task) => post(employeePath(`/groupmsg/${encodeURIComponent(task.msgid)}/confirm`));
const ignoreTask = (task) => post(employeePath(`/groupmsg/${encodeURIComponent(task.msgid)}/ignore`));

function showTab(name) {
  view.tab = name;
  draw();
}
at("tab-app").addEventListener("click", () => showTab("app"));
at("tab-chats").addEventListener("click", () => showTab("chats"));
document.querySelector('[role="tablist"]').addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  showTab(view.tab === "app" ? "chats" : "app");
  at(`tab-${view.tab}`).focus();
});
at("employee-select").addEventListener("change", (event) => { view.employee = event.target.value; view.employeeChat = null; refresh(); });
at("candidate-select").addEventListener("change", (event) => { view.candidate = event.target.value; view.candidateChat = null; refresh(); });
at("employee-back").addEventListener("click", () => { view.employeeChat = null; draw(); at("employee-screen").focus(); });
at("candidate-back").addEventListener("click", () => { view.candidateChat = null; draw(); at("candidate-screen").focus(); });

function onSay(form, input, path) {
  at(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = at(input).value.trim();
    if (text && (await post(path(), { text }))) at(input).value = "";
  });
}
onSay("employee-form", "employee-text", () => employeePath(`/chats/${encodeURIComponent(view.employeeChat)}/send`));
onSay("candidate-form", "candidate-text", () => candidatePath(`/chats/${encodeURIComponent(openChat().userid)}/reply`));
at("delete-friend").addEventListener("click", () => post(candidatePath("/delete_friend"), { userid: openChat().userid }));
at("scan").addEventListener("click", () => post(candidatePath("/scan"), { config_id: at("scan-select").value }));
at("advance").addEventListener("click", () => post("clock", { advance_seconds: 86400 }));

at("open-faults").addEventListener("click", () => {
  at("fault-ip").checked = Boolean(view.state && view.state.faults.deny_ip);
  at("fault-duplicates").checked = Boolean(view.state && view.state.faults.duplicate_callbacks);
  at("faults").showModal();
});
at("faults-form").addEventListener("submit", (event) => {
  const asked = event.submitter && event.submitter.value;
  if (asked === "clear") post("faults", { clear: true });
  if (asked !== "apply") return;
  const body = { deny_ip: at("fault-ip").checked, duplicate_callbacks: at("fault-duplicates").checked ? 1 : 0, expire_tokens: at("fault-expire").checked };
  if (at("fault-fail").checked) body.fail = { path: at("fault-path").value.trim(), errcode: Number(at("fault-code").value), times: Number(at("fault-times").value) };
  at("fault-expire").checked = false;
  at("fault-fail").checked = false;
  post("faults", body);
});
at("open-reset").addEventListener("click", () => at("reset").showModal());
at("reset-form").addEventListener("submit", (event) => {
  if (event.submitter && event.submitter.value === "yes") { view.drawn = {}; post("reset"); }
});

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 2000);
