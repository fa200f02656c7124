// The patient's screen: follows org.kaomon.Screen and hands in what the patient keys in and answers.
import { Calls, Unanswered } from './calls.mjs';
import { show_clock } from './clock.mjs';
import { show_consent } from './consent.mjs';
import { direction } from './direction.mjs';
import { Follow } from './follow.mjs';
import { listen_to_keys } from './keys.mjs';
import { Languages } from './languages.mjs';
import { Light } from './light.mjs';
import { Mirror } from './mirror.mjs';
import { Pad } from './pad.mjs';
import { Speech } from './speech.mjs';
import { Texts } from './texts.mjs';
import { token } from './token.mjs';
import { Visit } from './visit.mjs';
import { Words } from './words.mjs';

const asked_again = 8; // times, 500 ms apart, while the screen has no id that the daemon knows
const by_id = (id) => document.getElementById(id);
const secret = token();
const texts = await Texts.load('patient');
const visit = new Visit();
const words = new Words(by_id('words'), texts);
const speech = new Speech();
const calls = new Calls(secret);
const languages = new Languages(by_id('languages'), texts, () => draw());
const mirror = new Mirror(secret, by_id('face'), (face) => aim(face));
const light = new Light(by_id('light'), (step) => ask('Shown', { step }, { again: false }));
for (const digits of document.querySelectorAll('.digits')) digits.append(by_id('digit_keys').content.cloneNode(true));
texts.apply();
const views = [...document.querySelectorAll('section[data-view]')];
let field = 0; // of the number's two
let called = false; // the staff, for this visit's end
let moving = null; // key of the sentence that says more exactly than the hint where to

const number_pad = new Pad(by_id('number'), {
  lengths: [2, 4],
  complete: ([era_year, security_code]) => enter('number', { access_number: { era_year, security_code } }),
  changed: (active) => {
    field = active;
    by_id('number_card').dataset.here = active;
    queueMicrotask(draw);
  },
});
const pin_pad = new Pad(by_id('pin'), { lengths: [4], secret: true, complete: ([pin]) => enter('pin', { pin }) });

// The reply; an Error where it was refused or came to no answer. A screen that was attached anew has another id. What was
// keyed in for one visit never reaches another.
async function ask(method, parameters, { again = true } = {}) {
  const { number } = visit;
  const still = () => visit.number === number || method === 'Help';
  for (let tries = 0; ; ++tries) {
    const screen = visit.reply?.screen;
    try {
      if (screen !== undefined) return await calls.make(`org.kaomon.Screen.${method}`, { screen, ...parameters }, { again, still });
    } catch (error) {
      if (error.message !== 'org.kaomon.Screen.NoSuchScreen') return error;
    }
    if (!again || tries === asked_again) return new Unanswered(method);
    await new Promise((done) => setTimeout(done, 500));
    if (!still()) return new Unanswered(method);
  }
}

// One press, one key: a resend of the same press is known by it and costs nothing.
function enter(kind, parameters) {
  hand_in(kind, 'Enter', { idempotency_key: crypto.randomUUID(), ...parameters });
}

function consent(given) {
  hand_in('consent', 'Consent', { given });
}

async function hand_in(kind, method, parameters) {
  visit.handed_in(kind);
  draw();
  const answer = await ask(method, parameters);
  if (answer instanceof Error) visit.refused(answer.reason);
  else visit.accepted(performance.now());
  draw();
}

function help(wanted) {
  ask('Help', { wanted });
}

// The picture knows where the face is.
function aim(face) {
  const { drawing, text } = direction(visit.reply?.hint?.word, face);
  by_id('look').dataset.drawing = drawing ?? '';
  by_id('look').classList.toggle('found', face !== null);
  if ((text ?? null) === moving) return;
  moving = text ?? null;
  draw();
}

function number_words(now) {
  const year = field === 0;
  return { sentence: (year && now.sentence) || { text: year ? 'number_year' : 'number_code' }, note: year ? { text: 'number_year_note' } : null };
}

// The key of a sentence that everybody may hear.
function spoken({ text, message }) {
  const key = text ?? message.word;
  return texts.spoken(key) ? key : '';
}

function draw() {
  const now = visit.show(performance.now());
  const { reply } = visit;
  const entered = document.body.dataset.view !== now.view;
  if (entered) {
    document.body.dataset.view = now.view;
    for (const view of views) view.hidden = view.dataset.view !== now.view;
    number_pad.clear();
    pin_pad.clear();
    field = 0;
  }
  document.body.classList.toggle('alarm', now.alarm === true);
  light.show(now.view === 'light' ? reply.light : null);
  mirror.look(['preparing_reference', 'capturing_face'].includes(reply?.state) ? reply.screen : null); // it is there when it is shown
  if (now.view === 'consent') show_consent(document, texts, reply);
  by_id('asked').hidden = now.view !== 'consent';
  by_id('number_card').toggleAttribute('hidden', now.view !== 'number');
  by_id('clinic').textContent = reply?.clinic ?? '';
  by_id('clinic').hidden = now.view !== 'rest' || !reply?.clinic;
  if (now.view === 'number') Object.assign(now, number_words(now));
  if (now.view === 'look' && moving) now.sentence = { text: moving };
  words.show(now);
  speech.say(texts.language, spoken(now.sentence));
  const helped = reply?.help === true;
  by_id('call').hidden = reply === null;
  by_id('call').setAttribute('aria-pressed', helped);
  by_id('call_words').textContent = texts.text(helped ? 'staff_called' : 'call_staff');
  show_clock(by_id('clock'), by_id('day'), texts.lang);
  languages.rest(now.view === 'rest');
  document.title = texts.text('title');
}

function took(reply) {
  const before = visit.reply?.hint?.word;
  visit.take(reply, performance.now());
  if (visit.running) called = false;
  // Whoever came to a card and to no result is not left alone.
  if (visit.ended && visit.ended.decision !== 'verified' && visit.card_seen && !called && !reply.help) {
    called = true;
    help(true);
  }
  draw();
  if (reply.hint?.word !== before) aim(null);
  if (reply.hint?.word === 'hold_still' && before !== 'hold_still') speech.tone();
}

function lost() {
  visit.lose();
  draw();
}

const attach = matchMedia('(prefers-reduced-motion: reduce)').matches ? { no_light: true } : {};
new Follow(secret, 'org.kaomon.Screen.Attach', attach, {
  reply: took,
  lost,
  refused: (error) => {
    visit.elsewhere = error === 'org.kaomon.Screen.ScreenAttached' || error === 'org.kaomon.Screen.Replaced';
    lost();
  },
});

by_id('call').addEventListener('click', () => help(visit.reply?.help !== true));
by_id('yes').addEventListener('click', () => consent(true));
by_id('no').addEventListener('click', () => consent(false));
listen_to_keys((what) => {
  const { view } = document.body.dataset;
  if (what === 'help') return help(true);
  if (what === 'language') return languages.next();
  if (view === 'number') return number_pad.press(what);
  if (view === 'pin') return pin_pad.press(what);
  if (view === 'consent' && what === '1') return consent(true);
  if (view === 'consent' && what === '2') return consent(false);
});
setInterval(draw, 500); // the clock, and what ends by itself
draw();
