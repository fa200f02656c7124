// What staff can do now: the one thing that helps most, a sentence beside it, and what else is open. Pure.

const failed_for = {
  no_photo: ['card_without_photo', 'photo_malformed', 'photo_without_face', 'photo_decoder_failed', 'photo_decoder_timeout'],
  card_locked: ['card_locked', 'tries_below_minimum', 'pin_locked', 'pin_tries_below_minimum'],
  pin_failed: ['pin_wrong', 'pin_missing', 'card_without_pin', 'sign_in_certificate_missing', 'sign_in_certificate_expired'],
  device_fault: ['reader_service_down', 'no_reader', 'reader_busy', 'reader_stuck', 'card_mute', 'card_error', 'feed_black', 'feed_frozen',
    'frame_malformed'],
};

// {act, advice, others}: acts are number, visual_check, consent; advice is a key of the texts.
export function next_act({ state, hint, methods, attributes }, alarm) {
  const open = [];
  if (['waiting_card', 'reading_card', 'waiting_access_number'].includes(state) && methods.includes('face')) open.push('number');
  if (methods.includes('visual_check')) open.push('visual_check');
  if (attributes?.length) open.push('consent');
  const { act, advice } = first(state, hint?.word, methods, alarm);
  const shown = open.includes(act) ? act : null;
  return { act: shown, advice, others: open.filter((other) => other !== shown) };
}

function first(state, word, methods, alarm) {
  switch (state) {
    case 'idle':
    case 'concluded':
      return { act: null, advice: alarm ? 'take_back' : 'begin_visit' };
    case 'waiting_card':
      return { act: null, advice: 'ask_card' };
    case 'waiting_access_number':
      return word === 'consent_missing' ? { act: null, advice: 'ask_consent' } : { act: 'number', advice: null };
    case 'capturing_face':
      return { act: null, advice: 'ask_look' };
    case 'waiting_method':
      return { act: 'visual_check', advice: methods.includes('pin') ? 'ask_pin' : null };
    default:
      return { act: null, advice: 'nothing_to_do' };
  }
}

// The reason of a visual check that what was tried before suggests.
export function likely_reason(earlier) {
  const last = earlier.at(-1);
  if (!last) return 'cannot_face_camera';
  const { word } = last.reason;
  const found = Object.keys(failed_for).find((reason) => failed_for[reason].includes(word));
  if (found) return found;
  if (word.startsWith('camera_') || word === 'no_camera') return 'device_fault';
  return { face: 'face_failed', pin: 'pin_failed' }[last.method] ?? 'other';
}
