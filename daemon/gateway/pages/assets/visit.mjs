// Which view to show, from the replies of Screen.Attach and what the patient did on this screen. No page in here: pure but for `now`.

const result_stands = 4000; // ms that the result is seen before the card is asked for
const result_goes = 12000; // ms after which an empty desk is at rest again
const answer_due = 2500; // ms: a number or PIN that changes nothing was not taken

// Hints by which a card has to be moved, whatever is being done.
const about_placing = new Set(['no_card', 'card_not_detected', 'card_mute', 'card_removed', 'card_lift_first', 'not_my_number_card',
  'juki_card', 'phone_has_no_photo', 'residence_card', 'drivers_licence', 'felica_card', 'type_a_card']);
// Hints that still tell something when the visit is over; the others say what could have been done before.
const about_card = new Set(['not_my_number_card', 'juki_card', 'phone_has_no_photo', 'residence_card', 'drivers_licence', 'felica_card',
  'type_a_card', 'card_expired', 'card_locked', 'pin_locked', 'sign_in_certificate_missing', 'sign_in_certificate_expired']);

const say = (text) => ({ text });
const tell = (message) => ({ message });

export class Visit {
  constructor() {
    this.reply = null; // null: no connection
    this.latest = null; // the reply before, over a lost connection, too
    this.number = 0; // of the visit, as far as this screen has seen
    this.elsewhere = false; // another screen is attached
    this.begin();
  }

  begin() {
    Object.assign(this, { ended: null, card_seen: false, sent: null, refusal: null, tries_before: null, number: this.number + 1 });
  }

  get running() {
    return this.reply !== null && this.reply.state !== 'idle' && this.reply.state !== 'concluded';
  }

  take(reply, now) {
    const before = this.latest;
    const goes_on = reply.state !== 'idle' && reply.state !== 'concluded';
    if (goes_on && (this.ended || !before || before.state === 'idle')) this.begin();
    if (goes_on && (reply.card_present || reply.state !== 'waiting_card')) this.card_seen = true;
    if (reply.state === 'concluded' && before?.state !== 'concluded') this.ended = { decision: reply.decision, hint: reply.hint, since: now };
    this.answered(reply);
    if (!goes_on) this.sent = this.refusal = null;
    this.elsewhere = false;
    this.reply = this.latest = reply;
  }

  // What became of what was handed in: a change says that it was taken. Fewer tries for the number say that it was wrong.
  answered({ state, hint, tries_left }) {
    if (state === 'waiting_access_number' && tries_left < this.tries_before) {
      this.refusal = say('number_wrong');
      this.tries_before = null;
      this.sent = null;
    } else if (this.sent && (state !== this.sent.from.state || hint?.word !== this.sent.from.hint?.word)) {
      this.sent = null;
    }
  }

  lose() {
    this.reply = null; // what was handed in may still arrive
  }

  // What was keyed in or answered is on its way. kind: number, pin, consent.
  handed_in(kind) {
    this.refusal = null;
    this.sent = { kind, from: this.reply ?? {}, since: Infinity };
    if (kind === 'number') this.tries_before = this.reply?.tries_left;
  }

  accepted(now) {
    if (this.sent) this.sent.since = now;
  }

  refused(message) {
    this.sent = null;
    if (message?.word === 'entry_delayed') this.refusal = say('wait_retry');
    else if (message?.who_can_act === 'patient') this.refusal = tell(message);
    else if (message?.word === 'access_number_malformed') this.refusal = say('number_wrong');
    else this.refusal = say('not_taken');
  }

  // {view, sentence, next?, tries?}
  show(now) {
    const { reply } = this;
    if (!reply) return { view: 'lost', sentence: say(this.elsewhere ? 'other_screen' : 'lost'), next: say('lost_next') };
    if (reply.light) return { view: 'light', sentence: reply.hint ? tell(reply.hint) : say('look') };
    return this.running ? this.step(reply, now) : this.over(reply, now);
  }

  over(reply, now) {
    const shown = this.ended ? now - this.ended.since : Infinity;
    const to_take = reply.alarm || (reply.card_present && reply.state === 'idle' && shown >= result_stands);
    if (to_take) {
      this.ended = null; // and after the card nothing is left to say
      return { view: 'take_card', sentence: say(reply.alarm ? 'take_card_now' : 'take_card'), alarm: Boolean(reply.alarm) };
    }
    if (this.ended && (shown < result_goes || reply.state === 'concluded')) return this.result();
    return { view: 'rest', sentence: say('rest') };
  }

  result() {
    const { decision, hint } = this.ended;
    if (decision === 'verified') return { view: 'done', sentence: hint ? tell(hint) : say('done'), next: say('done_next') };
    if (hint && about_card.has(hint.word)) return { view: 'not_now', sentence: tell(hint), next: say('not_now') };
    return { view: 'not_now', sentence: say('not_now'), next: say('not_now_next') };
  }

  // Why the PIN before was not taken; else what to do, and below it why the method before did not do.
  pin_words(hint) {
    if (this.refusal) return { sentence: this.refusal };
    if (hint?.word.startsWith('pin_')) return { sentence: tell(hint) };
    return { sentence: say('pin'), next: hint && tell(hint) };
  }

  step(reply, now) {
    const { state, hint } = reply;
    if (hint && about_placing.has(hint.word)) return { view: 'put_card', sentence: hint.word === 'no_card' ? say('put_card') : tell(hint) };
    if (this.sent && now - this.sent.since > answer_due) {
      this.refusal = say(this.sent.kind === 'number' ? 'number_wrong' : 'not_taken');
      this.sent = null;
    }
    if (this.sent) return { view: 'working', sentence: say('working') };
    if (hint?.word === 'consent_missing') return { view: 'consent', sentence: this.refusal ?? say('consent') };
    switch (state) {
      case 'waiting_card':
        return { view: 'put_card', sentence: hint ? tell(hint) : say('put_card') };
      case 'waiting_access_number':
        return { view: 'number', sentence: this.refusal ?? (hint ? tell(hint) : null), tries: reply.tries_left };
      case 'capturing_face':
        return { view: 'look', sentence: hint ? tell(hint) : say('look') };
      case 'waiting_method':
        if (reply.methods?.includes('pin')) return { view: 'pin', ...this.pin_words(hint), tries: reply.pin_tries_left, of: 3 };
        return { view: 'staff_checks', sentence: say('staff_checks') };
      case 'reading_card':
      case 'reading_photo':
        return { view: 'working', sentence: say('reading') };
      default:
        return { view: 'working', sentence: hint ? tell(hint) : say('working') };
    }
  }
}
