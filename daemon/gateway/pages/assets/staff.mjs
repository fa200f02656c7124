// The staff's screen: follows org.kaomon.Staff and org.kaomon.Device, and hands in what a member of staff does for the visit that runs.
import { AnswerForm } from './answer_form.mjs';
import { Calls, Refused } from './calls.mjs';
import { attributes, show_health, show_history, show_visit } from './desk.mjs';
import { Follow } from './follow.mjs';
import { likely_reason, next_act } from './next_act.mjs';
import { NumberForm } from './number_form.mjs';
import { Texts } from './texts.mjs';
import { token } from './token.mjs';

const by_id = (id) => document.getElementById(id);
const acts = {
  number: { key: 'B', text: 'enter_number' },
  visual_check: { key: 'V', text: 'visual_check' },
  consent: { key: 'C', text: 'answer_consent' },
};
const reasons = {
  face_failed: 'reason_face_failed', no_photo: 'reason_no_photo', cannot_face_camera: 'reason_cannot_face_camera', pin_failed: 'reason_pin_failed',
  card_locked: 'reason_card_locked', device_fault: 'reason_device_fault', other: 'reason_other',
};
const secret = token();
const texts = await Texts.load('staff');
texts.language = sessionStorage.getItem('staff_language') === 'en' ? 'en' : 'ja';
const calls = new Calls(secret);
let follow = null;
let visits = 0; // that this page saw end
let status = null;
let wait_until = 0; // performance.now() until which no number or PIN is taken
let denied = false; // this computer may not follow the desk
let opened = null; // the form that is open
let said = () => '';

// One press, one key. What is refused or came to no answer is said in a sentence.
async function provide(what) {
  const visit = visits;
  open(null);
  try {
    const call = { idempotency_key: crypto.randomUUID(), ...what };
    const { repeated } = await calls.make('org.kaomon.Staff.Provide', call, { still: () => visits === visit });
    said = () => texts.text(repeated ? 'repeated' : 'sent');
  } catch (error) {
    said = error instanceof Refused && error.reason ? () => texts.reason(error.reason) : () => texts.text('no_answer');
  }
  draw();
}

const number = new NumberForm(by_id('number'), (access_number) => provide({ access_number }), () => {
  said = () => texts.text('digits_missing');
  draw();
});
const forms = {
  visual_check: new AnswerForm(by_id('visual_check'), (staff, confirmed) => provide({ visual_check: { staff, reason: by_id('reason').value, confirmed } })),
  consent: new AnswerForm(by_id('consent'), (staff, given) => provide({ consent: { given, staff } })),
};

function open(act) {
  opened = act;
  said = () => '';
  number.clear();
  if (act === 'visual_check') by_id('reason').value = likely_reason(follow.earlier);
  draw(); // shown before it is filled: what is hidden takes no focus
  if (act === 'number') number.open(follow.hint?.word);
  else if (act) forms[act].open(follow.staff, texts.text('nobody_configured'));
}

function fill(button, act) {
  button.dataset.act = act;
  button.querySelector('kbd').textContent = acts[act].key;
  button.querySelector('span').textContent = texts.text(acts[act].text);
}

function other_button(act) {
  const button = Object.assign(document.createElement('button'), { type: 'button' });
  button.append(document.createElement('kbd'), document.createElement('span'));
  fill(button, act);
  return button;
}

function show_plan() {
  const { act, advice, others } = next_act(follow, status?.alarm);
  if (opened && ![act, ...others].includes(opened)) open(null);
  document.body.classList.toggle('form_open', opened !== null);
  by_id('plan').hidden = opened !== null;
  for (const form of ['number', 'visual_check', 'consent']) by_id(form).hidden = form !== opened;
  by_id('advice').textContent = advice ? texts.text(advice) : '';
  by_id('advice').hidden = !advice;
  by_id('next_act').hidden = !act;
  if (act) fill(by_id('next_act'), act);
  if (by_id('others').dataset.acts !== others.join() + texts.language) {
    by_id('others').dataset.acts = others.join() + texts.language;
    by_id('others').replaceChildren(...others.map(other_button));
  }
}

function draw() {
  by_id('lost').hidden = follow !== null && status !== null;
  const trouble = texts.text(denied ? 'not_permitted' : 'connecting');
  if (by_id('lost').textContent !== trouble) by_id('lost').textContent = trouble;
  document.querySelector('main').hidden = by_id('calls').hidden = follow === null;
  by_id('said').textContent = said();
  if (status) show_health(texts, status);
  if (!follow) return;
  show_visit(texts, follow, wait_until);
  show_history(texts, follow);
  by_id('bell').hidden = !follow.help;
  by_id('wanted').textContent = (follow.attributes ?? []).map((name) => texts.text(attributes[name]) || name).join(' ・ ');
  number.hinted(follow.hint?.word);
  show_plan();
}

function speak(language) {
  texts.language = language;
  sessionStorage.setItem('staff_language', language);
  texts.apply();
  document.title = texts.text('title');
  by_id('english').querySelector('span').textContent = language === 'ja' ? 'English' : '日本語';
  by_id('english').querySelector('span').lang = language === 'ja' ? 'en' : 'ja';
  const chosen = by_id('reason').value;
  by_id('reason').replaceChildren(...Object.keys(reasons).map((reason) => new Option(texts.text(reasons[reason]), reason)));
  by_id('reason').value = chosen || 'other';
  draw();
}

function lost() {
  follow = null;
  opened = null;
  draw();
}

function help_given() {
  calls.make('org.kaomon.Staff.HelpGiven', {}).catch(() => {}); // the bell goes on, and says so
}

new Follow(secret, 'org.kaomon.Staff.Follow', {}, {
  reply: (told) => {
    if (follow?.state !== told.state && opened === null) said = () => '';
    if (told.state === 'idle') visits += 1;
    follow = told;
    denied = false;
    wait_until = told.retry_after_ms ? performance.now() + told.retry_after_ms : 0;
    draw();
  },
  lost,
  refused: (error) => {
    denied = error === 'org.varlink.service.PermissionDenied';
    lost();
  },
});
new Follow(secret, 'org.kaomon.Device.Watch', {}, {
  reply: (told) => {
    status = told.status;
    draw();
  },
  lost: () => {
    status = null;
    draw();
  },
});

by_id('help_given').addEventListener('click', help_given);
by_id('english').addEventListener('click', () => speak(texts.language === 'ja' ? 'en' : 'ja'));
by_id('plan').addEventListener('click', (event) => {
  const act = event.target.closest('[data-act]')?.dataset.act;
  if (act) open(act);
});
for (const back of document.querySelectorAll('.back')) back.addEventListener('click', () => open(null));
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.key === 'Escape') return open(null);
  if (event.target.matches('input:not([type="radio"]):not([type="checkbox"]), select')) return;
  const key = event.key.toLowerCase();
  if (key === 'h' && follow?.help) return help_given();
  if (key === 'l') return speak(texts.language === 'ja' ? 'en' : 'ja');
  if (forms[opened]) return forms[opened].press(key);
  const act = Object.keys(acts).find((one) => acts[one].key.toLowerCase() === key);
  if (act && !opened && document.querySelector(`#plan [data-act="${act}"]:not([hidden])`)) {
    event.preventDefault(); // the key is not a digit of the form that opens
    open(act);
  }
});
setInterval(draw, 1000); // what counts down
speak(texts.language);
