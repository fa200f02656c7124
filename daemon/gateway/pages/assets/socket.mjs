// One WebSocket to the gateway: a Varlink message (a JSON object) in each text frame.

export const delays = [200, 400, 800, 1500, 2500]; // ms before the next try; a restarted gateway is found within 3 s
const patience = 3000; // ms for a connection to come about

export function later(tries) {
  return delays[Math.min(tries, delays.length - 1)];
}

// `opened()`, `message(object)`, `closed()`: once each, and message as often as one comes. Returns {send, close}.
export function open(token, { opened, message, closed }) {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/varlink`, ['varlink', `token.${token}`]);
  let over = false;
  const timer = setTimeout(() => end(), patience);
  const end = () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    // Closing one that is still opening is an error on the console.
    if (socket.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
    else socket.close();
    closed();
  };
  socket.onopen = () => {
    clearTimeout(timer);
    opened();
  };
  socket.onmessage = (event) => {
    if (over) return;
    let object;
    try {
      object = JSON.parse(event.data);
    } catch {
      return end(); // not ours: begin again
    }
    message(object);
  };
  socket.onclose = socket.onerror = end;
  return { send: (object) => socket.send(JSON.stringify(object)), close: end };
}
