// What the staff's page shows of visit and device, with the words for it. Everything is put in as text.

const list = (root, rows) => {
  root.hidden = rows.length === 0;
  root.querySelector('ul').replaceChildren(...rows.map(({ mark, name, text, bad }) => {
    const row = Object.assign(document.createElement('li'), { className: bad ? 'bad' : '' });
    for (const [kind, words] of [['b', mark], ['strong', name], ['span', text]]) {
      if (words) row.append(Object.assign(document.createElement(kind), { textContent: words }));
    }
    return row;
  }));
};
const by_id = (id) => document.getElementById(id);

const states = {
  idle: 'state_idle', waiting_card: 'state_waiting_card', reading_card: 'state_reading_card',
  waiting_access_number: 'state_waiting_access_number', reading_photo: 'state_reading_photo',
  preparing_reference: 'state_preparing_reference', capturing_face: 'state_capturing_face', waiting_method: 'state_waiting_method',
  checking_pin: 'state_checking_pin', concluded: 'state_concluded',
};
const methods = { face: 'method_face', pin: 'method_pin', visual_check: 'method_visual_check' };
const decisions = {
  verified: { mark: '○', text: 'verified' },
  not_verified: { mark: '✕', text: 'not_verified' },
  undecided: { mark: '－', text: 'undecided' },
};
export const attributes = { name: 'attribute_name', birth_date: 'attribute_birth_date', sex: 'attribute_sex', address: 'attribute_address' };

export function show_visit(texts, follow, wait_until) {
  const put = (id, text) => {
    if (by_id(id).textContent !== text) by_id(id).textContent = text;
    by_id(id).hidden = text === '';
  };
  put('state', texts.text(states[follow.state]) || follow.state);
  put('hint', follow.hint ? texts.reason(follow.hint) : '');
  put('tries', tries(texts, follow, wait_until).join('　'));
  by_id('number_tries').textContent = Number.isInteger(follow.tries_left) ? texts.text('number_cost', follow.tries_left) : texts.text('tries_unknown');
}

// What the card tells without a number, to hold the printed one against.
function tries(texts, { card_expiry, tries_left, pin_tries_left, consent }, wait_until) {
  const said = [];
  if (card_expiry) said.push(texts.text('card_expiry', texts.lang === 'ja' ? card_expiry.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日') : card_expiry));
  if (Number.isInteger(tries_left)) said.push(texts.text('number_tries', tries_left));
  if (Number.isInteger(pin_tries_left)) said.push(texts.text('pin_tries', pin_tries_left));
  if (wait_until > performance.now()) said.push(texts.text('retry_after', Math.ceil((wait_until - performance.now()) / 1000)));
  if (typeof consent === 'boolean') said.push(texts.text(consent ? 'consent_given' : 'consent_refused'));
  return said;
}

export function show_history(texts, { earlier, warnings, last }) {
  const method = (name) => texts.text(methods[name]) || name;
  list(by_id('earlier'), earlier.map((one) => ({ mark: '✕', name: method(one.method), text: texts.reason(one.reason) })));
  list(by_id('warnings'), warnings.map((one) => ({ mark: '！', text: texts.reason(one.reason), name: one.day })));
  by_id('last').hidden = !last;
  if (!last) return;
  by_id('last').dataset.decision = last.decision;
  const { mark, text } = decisions[last.decision];
  by_id('last').querySelector('b').textContent = `${mark} ${texts.text(text)}`;
  by_id('last').querySelector('.verdict span').textContent = method(last.method);
  by_id('last').querySelector('.why').textContent = texts.reason(last.reason);
}

export function show_health(texts, status) {
  const row = (key, what, fault) => ({ mark: fault || !what ? '！' : '○', name: texts.text(key), text: fault ? texts.reason(fault) : what || texts.text('absent'), bad: Boolean(fault || !what) });
  const rows = [row('reader', status.reader, status.reader_fault), row('camera', status.camera, status.camera_fault)];
  if (status.troubles.length === 0) rows.push(row('device', texts.text('works')));
  for (const trouble of status.troubles) rows.push(row('device', '', trouble));
  if (status.card_present && !status.alarm) rows.push({ mark: '・', text: texts.text('card_there') });
  list(by_id('health'), rows);
  by_id('alarm').hidden = !status.alarm;
  by_id('alarm').querySelector('span').textContent = texts.text('card_left');
}
