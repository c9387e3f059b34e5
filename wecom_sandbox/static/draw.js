// Building blocks of both phones. Text goes in as text, never as HTML.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") node.addEventListener("click", value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "gy-i gy-i-lg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const zone = { timeZone: "Asia/Shanghai", hour12: false };
const clockFormat = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });
const secondFormat = new Intl.DateTimeFormat("en-GB", { ...zone, timeStyle: "medium" });
const dayFormat = new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" });

export const clock = (seconds) => clockFormat.format(seconds * 1000);
export const clockSeconds = (seconds) => secondFormat.format(seconds * 1000);
export const day = (seconds) => dayFormat.format(seconds * 1000);
export const stamp = (seconds, now) =>
  day(seconds) === day(now) ? clock(seconds) : `${day(seconds)} ${clock(seconds)}`;

const initial = (name) => make("span", { class: "gy-av", "aria-hidden": "true" }, name.slice(0, 1));

const safeLink = (url) => (/^https?:\/\//.test(url || "") ? url : null);

function outside(url, attributes, ...children) {
  const href = safeLink(url);
  return make(href ? "a" : "span", { href, target: href && "_blank", rel: href && "noopener", ...attributes }, ...children);
}

// The little of WeCom's text markup that staff messages use: <a href>, **bold**, [text](url), > quote, # head.
function inline(text) {
  const pattern = /<a\s+href="([^"]+)"[^>]*>([^<]*)<\/a>|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*/g;
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(last, found.index));
    if (found[5]) parts.push(make("b", {}, found[5]));
    else parts.push(outside(found[1] || found[4], { "data-testid": "app-link" }, found[2] || found[3]));
    last = found.index + found[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

const withoutTags = (text) => text.replace(/<(?!a\s|\/a>)[^>]*>/g, "");

function richText(text) {
  return withoutTags(text).split("\n").map((line) => {
    if (/^#+\s/.test(line)) return make("p", { class: "gy-b" }, ...inline(line.replace(/^#+\s/, "")));
    if (line.startsWith(">")) return make("p", { class: "gy-2nd" }, ...inline(line.slice(1).trim()));
    return make("p", {}, ...inline(line));
  });
}

// One app message: text, markdown, textcard or template card.
export function appMessage(message, words, now, click) {
  const time = make("div", { class: "gy-chat-time" }, `${message.agent_name} · ${stamp(message.sent_at, now)}`);
  const holder = make("div", { "data-testid": "app-message", "data-msgtype": message.msgtype }, time);
  if (message.recalled) holder.append(make("p", { class: "gy-chat-time" }, words.recalled));
  else if (message.msgtype === "template_card") holder.append(templateCard(message, words, click));
  else if (message.msgtype === "textcard") holder.append(textCard(message.body));
  else holder.append(make("div", { class: "gy-bubble" }, ...richText(message.body.content)));
  return holder;
}

function textCard(body) {
  return make("article", { class: "gy-wc", "data-testid": "app-card" },
    make("div", { class: "gy-wc-b" }, make("h3", {}, body.title), make("p", { class: "gy-2nd" }, withoutTags(body.description))),
    make("div", { class: "gy-wc-act" }, outside(body.url, { class: "is-main", "data-testid": "card-link" }, body.btntxt)));
}

function templateCard(message, words, click) {
  const card = message.body;
  const box = make("div", { class: "gy-wc-b" });
  const title = card.main_title || {};
  if (card.source && card.source.desc) box.append(make("div", { class: "gy-wc-from" }, card.source.desc));
  if (title.title) box.append(make("h3", {}, title.title));
  if (title.desc) box.append(make("div", { class: "gy-sm gy-3rd" }, title.desc));
  if (card.emphasis_content) box.append(make("p", {}, make("b", {}, card.emphasis_content.title || ""), " ", card.emphasis_content.desc || ""));
  if (card.quote_area) box.append(make("div", { class: "gy-wc-q" }, card.quote_area.title ? make("b", {}, card.quote_area.title) : null, card.quote_area.quote_text || ""));
  if (card.sub_title_text) box.append(make("p", { class: "gy-2nd" }, card.sub_title_text));
  const rows = (card.horizontal_content_list || []).flatMap((row) => [
    make("dt", {}, row.keyname),
    make("dd", {}, row.type === 1 ? outside(row.url, {}, row.value || row.url) : row.value || ""),
  ]);
  if (rows.length) box.append(make("dl", { class: "gy-wc-kv" }, ...rows));
  const asked = questions(card, message);
  box.append(...asked.map((question) => question.node));
  const article = make("article", { class: "gy-wc", "data-testid": "app-card", "data-task-id": card.task_id || "" }, box);
  const jumps = (card.jump_list || []).map((jump) => outside(jump.url, { "data-testid": "card-link" }, jump.title));
  if (card.card_action && card.card_action.type === 1) jumps.push(outside(card.card_action.url, { "data-testid": "card-link" }, words.open_link));
  if (jumps.length) article.append(make("div", { class: "gy-wc-jump" }, ...jumps));
  article.append(...cardButtons(message, asked, click));
  return article;
}

function questions(card, message) {
  const all = [];
  if (card.button_selection) all.push([card.button_selection, false]);
  for (const item of card.select_list || []) all.push([item, false]);
  if (card.checkbox) all.push([card.checkbox, card.checkbox.mode === 1]);
  return all.map(([question, many]) => {
    const inputs = question.option_list.map((option) => make("input", {
      type: many ? "checkbox" : "radio", name: `${message.id}-${question.question_key}`, value: option.id,
      checked: option.is_checked || option.id === question.selected_id, disabled: !message.live,
    }));
    const labels = inputs.map((input, at) => make("label", {}, input, question.option_list[at].text));
    const node = make("fieldset", { class: "gy-wc-ask" }, make("legend", {}, question.title || question.question_key), ...labels);
    return { node, key: question.question_key, chosen: () => inputs.filter((input) => input.checked).map((input) => input.value) };
  });
}

function cardButtons(message, asked, click) {
  const card = message.body;
  const menu = ((card.action_menu || {}).action_list || []).map((item) => ({ ...item, style: 2 }));
  const buttons = [...(card.button_list || []), ...(card.submit_button ? [card.submit_button] : []), ...menu];
  if (!buttons.length) return [];
  if (!message.live) return [make("div", { class: "gy-wc-act" }, make("button", { type: "button", disabled: true, "data-testid": "card-replaced" }, message.replaced))];
  const selected = () => Object.fromEntries(asked.map((question) => [question.key, question.chosen()]));
  const nodes = buttons.map((button) => {
    const look = button.style === 3 || button.style === 4 ? "is-bad" : (button.style || 1) === 1 ? "is-main" : null;
    if (button.type === 1) return outside(button.url, { class: look, "data-testid": "card-link" }, button.text);
    return make("button", { type: "button", class: look, "data-testid": `card-button-${button.key}`, onclick: () => click(message, button.key, selected()) }, button.text);
  });
  return [make("div", { class: "gy-wc-act" }, ...nodes)];
}

// One chat message. `mine`: the owner of this phone said it.
export function chatMessage(message, { mine, name, testid, tap }) {
  const face = initial(name);
  const body = chatBody(message, testid, tap);
  return make("div", { class: mine ? "gy-msg gy-msg-out" : "gy-msg", "data-testid": testid, "data-sender": message.sender }, ...(mine ? [body, face] : [face, body]));
}

function chatBody(message, testid, tap) {
  if (message.kind === "link") {
    const link = message.body;
    return outside(link.url, { class: "gy-linkcard", "data-testid": testid.replace("message", "link"), onclick: () => tap(message) },
      make("b", {}, link.title), make("span", { class: "gy-mk" }, icon("link")), make("p", {}, link.desc || ""));
  }
  if (message.kind === "text") return make("div", { class: "gy-bubble" }, ...inline(message.body.content));
  return make("div", { class: "gy-bubble" }, `[${message.kind}]`);
}

export function talkRow(name, detail, testid, open) {
  return make("button", { type: "button", "data-testid": testid, onclick: open }, initial(name),
    make("span", {}, make("b", {}, name), make("span", {}, detail)));
}

const kindText = { link: (body) => body.title, text: (body) => body.content };
export const lastWords = (chat) => {
  const last = chat.messages[chat.messages.length - 1];
  return last ? (kindText[last.kind] || (() => `[${last.kind}]`))(last.body) : "";
};

export function taskCard(task, words, confirm, putAside) {
  const links = task.attachments.filter((item) => item.msgtype === "link").map((item) => make("li", {}, icon("link"), " ", item.link.title));
  const names = task.customers.map((customer) => customer.name).join("、");
  return make("section", { class: "gy-task", "data-testid": "groupmsg-task", "data-msgid": task.msgid, "aria-label": words.task_title },
    make("h3", {}, words.task_title),
    make("p", { class: "gy-sm gy-3rd" }, `${words.task_to} ${names}`),
    task.reminders ? make("p", { class: "gy-sm gy-wait" }, words.task_reminded.replace("{n}", task.reminders)) : null,
    make("blockquote", { tabindex: "0" }, task.text),
    links.length ? make("ul", {}, ...links) : null,
    make("div", { class: "gy-row" },
      make("button", { type: "button", class: "btn", "data-testid": "ignore-groupmsg", onclick: () => putAside(task) }, words.put_aside),
      make("button", { type: "button", class: "btn btn-primary", "data-testid": "confirm-groupmsg", onclick: () => confirm(task) }, words.confirm_send)));
}
