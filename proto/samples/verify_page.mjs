// A whole visit with kaomond, in a browser whose WebCrypto has Ed25519. README.md beside this file tells the visit. The options stand
// behind the # of the address, as in /assets/verify.html#token=…&methods=face,pin,visual_check&staff=hanako.s&audience=mihon
const VERIFICATION = "org.kaomon.Verification.";
const options = { methods: "face", "staff-reason": "face_failed", ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
const $ = (id) => document.getElementById(id);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const say = (...words) => { $("log").textContent += words.join(" ") + "\n"; };

let entry; // what a person keyed in last, with its idempotency key
let session; // the visit that runs
const lines = new Set(); // open ones. A browser may keep a page that was left alive, and with it the visit: none of that here
let left = false;
addEventListener("pagehide", () => { left = true; lines.forEach((line) => line.close()); });

// An error that the device answered.
class Refusal extends Error {
  constructor(error, parameters = {}) {
    super(`${error.split(".").pop()}: ${parameters.reason?.ja ?? JSON.stringify(parameters)}`);
    Object.assign(this, { error: error.split(".").pop(), parameters });
  }
}
class NotTrusted extends Error {}

// Hands on each reply to one call, over a connection of its own, and is the last. An error that is no Refusal: nobody knows what
// became of the call.
function call(method, parameters, more = false, take = () => {}) {
  return new Promise((done, failed) => {
    // One Varlink message a text frame. The token: kaomon-gateway's staff.token; over the LAN a client certificate stands for it.
    const protocols = "token" in options ? ["varlink", `token.${options.token}`] : ["varlink"];
    const line = new WebSocket(`${location.origin.replace("http", "ws")}/varlink`, protocols);
    lines.add(line);
    line.onopen = () => line.send(JSON.stringify({ method, parameters, more }));
    line.onclose = () => lines.delete(line) && failed(new Error("the connection ended"));
    line.onmessage = ({ data }) => {
      const reply = JSON.parse(data);
      if (!reply.error) take(reply.parameters);
      if (reply.error) failed(new Refusal(reply.error, reply.parameters));
      else if (!reply.continues) done(reply.parameters);
      else return;
      line.close();
    };
  });
}

// Sends `entry`; after a broken connection once more, with the same key: for the device it stays one try.
async function handIn() {
  for (let attempt = 0; attempt < 3; ++attempt)
    try {
      return say("handed in, repeated:", (await call(VERIFICATION + "Provide", { session, ...entry })).repeated);
    } catch (error) {
      if (error instanceof Refusal) return say(error.message);
      say("connection lost: the same once more");
      await sleep(500);
    }
}

function keyed(said) {
  entry = { idempotency_key: crypto.randomUUID(), ...said }; // a person pressed the button: a new key
  if (session) handIn();
}
$("entry").onsubmit = (event) => {
  event.preventDefault();
  const text = $("keyed").value;
  $("keyed").value = "";
  keyed(text.length === 4 ? { pin: text } : { access_number: { number: text } });
};
$("entry").onclick = ({ target: { type, value } }) => {
  if (type !== "button") return;
  if (value === "cancel") return call(VERIFICATION + "Cancel", { session: session ?? "" }).catch(() => {}); // over already
  keyed({ visual_check: { staff: options.staff, reason: options["staff-reason"], confirmed: value === "yes" } });
};

// Follows one Verify to its last reply; waits for its turn while the desk is busy.
async function verify(nonce) {
  for (const patience = performance.now() + 120_000;;)
    try {
      return await call(VERIFICATION + "Verify", { nonce, methods: options.methods.split(",") }, true, (step) => {
        say(step.state, step.hint?.word ?? "-", step.tries_left ?? "-", step.pin_tries_left ?? "-", step.hint?.ja ?? "");
        $("hint").textContent = step.hint?.ja ?? "";
        const begun = !session;
        session = step.session;
        if (begun && entry) handIn(); // keyed in before the connection broke: what comes too early is kept
      });
    } catch (error) {
      if (error.error !== "Busy" || performance.now() > patience) throw error;
      say("busy, place", error.parameters.place);
      await sleep(error.parameters.retry_after_ms);
    }
}

const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt());
const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

// The claims of a result that may be acted on. NotTrusted: it may not.
async function check(jws, keys, nonce) {
  const must = (what, why) => { if (!what) throw new NotTrusted(why); };
  const [header, payload, signature] = jws.split(".");
  const read = (part) => JSON.parse(new TextDecoder().decode(decode(part)));
  const { alg, typ, kid } = read(header);
  must(alg === "EdDSA" && typ === "kaomon-result+jws", "not a Kaomon result");
  const key = keys.keys.find((key) => key.kid === kid);
  must(key, "signed by an unknown key");
  const publicKey = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x }, "Ed25519", false, ["verify"]);
  const text = new TextEncoder().encode(`${header}.${payload}`);
  must(await crypto.subtle.verify("Ed25519", publicKey, decode(signature), text), "wrong signature");
  const claims = read(payload), now = Date.now() / 1000;
  must(claims.nonce === nonce && claims.jti === session, "of another visit");
  must(claims.iat - 60 <= now && now <= claims.exp + 60, "not of now"); // a minute for two clocks
  must(!("aud" in claims) || claims.aud === options.audience, "made for another system");
  must(!claims.simulated.length || "allow-simulated" in options, `simulated: ${claims.simulated.join(", ")}`);
  return claims;
}

async function main() {
  // Asked for when the desk is set up, and kept since: who answers today is not who says which key is right.
  localStorage.kaomonKeys ??= JSON.stringify(await call("org.kaomon.Device.GetKeys", {}));
  for (let attempt = 0; ; ++attempt) {
    const nonce = random(); // fresh for every visit
    session = undefined;
    try {
      const { result, verdict } = await verify(nonce);
      if (!result) return say("undecided", verdict.reason.word); // nothing could be signed: nothing is said about the person
      const { decision, reason, subject } = await check(result, JSON.parse(localStorage.kaomonKeys), nonce);
      return say(decision, reason, subject?.reference ?? "-");
    } catch (error) {
      if (error instanceof Refusal || error instanceof NotTrusted || left || attempt === 3) throw error;
      say("connection lost: another visit"); // the device ends a visit whose caller is gone; `entry` keeps its key
      await sleep(1000);
    }
  }
}

main().catch((error) => say(error instanceof NotTrusted ? "not to be trusted:" : "no result:", error.message));
