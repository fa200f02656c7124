// The drawing that goes with a hint while the patient looks, and the more exact sentence where the picture knows one.
// Left and right are the patient's own, and those of the mirrored picture.

const drawings = {
  turn_left: 'left', turn_right: 'right', look_up: 'up', look_down: 'down',
  face_too_far: 'nearer', face_too_near: 'farther',
  face_too_dark: 'brighter', face_backlit: 'brighter', face_too_bright: 'darker',
  hold_still: 'still',
};
const moves = {
  left: { drawing: 'left', text: 'move_left' },
  right: { drawing: 'right', text: 'move_right' },
  up: { drawing: 'up', text: 'move_up' },
  down: { drawing: 'down', text: 'move_down' },
};

// word: of the hint, or undefined. face: of Preview, in the picture as the camera sees it. Returns {drawing?, text?}.
export function direction(word, face) {
  if (word === 'face_off_centre' && face) {
    const x = face.left + face.width / 2 - 0.5; // > 0: on the camera's right, which is the patient's left
    const y = face.top + face.height / 2 - 0.5;
    if (Math.abs(x) >= Math.abs(y)) return x > 0 ? moves.right : moves.left;
    return y > 0 ? moves.up : moves.down;
  }
  return { drawing: drawings[word] };
}
