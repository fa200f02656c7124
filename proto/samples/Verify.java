// A whole visit with kaomond. README.md beside this file tells the visit, the options and the exit codes. Needs Java 17, and
// nothing else: java Verify.java OPTIONS. The JSON at the end is for that alone; take the library that your program has.
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Consumer;
import java.util.regex.*;
import java.util.stream.*;
import javax.net.ssl.*;

public class Verify {
    static final int UNDECIDED = 2, UNREACHABLE = 4, RESULT_INVALID = 5, REFUSED = 6;
    static final String VERIFICATION = "org.kaomon.Verification.";
    static final Map<String, String> options = new HashMap<>();
    static volatile Map<String, Object> entry; // what a person keyed in last, with its idempotency key
    static volatile String session;            // the visit that runs

    // An error that the device answered.
    static class Refusal extends Exception {
        final Object why;
        Refusal(Object error, Object why) {
            super(error + ": " + (why instanceof String ? why : at(why, "reason", "ja")));
            this.why = why;
        }
    }

    // Hands on each reply to one call, over a connection of its own, and is the last. IOException: nobody knows what became of it.
    static Object call(String method, Map<String, ?> parameters, boolean more, Consumer<Object> take) throws IOException, Refusal {
        try (var line = options.containsKey("gateway") ? new Gateway() : new LocalSocket()) {
            line.send(Json.write(Map.of("method", method, "parameters", parameters, "more", more)));
            for (;;) {
                var reply = new Json(line.receive()).value();
                if (at(reply, "error") != null) throw new Refusal(at(reply, "error"), at(reply, "parameters"));
                take.accept(at(reply, "parameters"));
                if (!Boolean.TRUE.equals(at(reply, "continues"))) return at(reply, "parameters");
            }
        }
    }

    // Sends the entry; after a broken connection once more, with the same key: for the device it stays one try.
    static void handIn() {
        var parameters = new HashMap<>(entry);
        parameters.put("session", session);
        for (int attempt = 0; attempt < 3; ++attempt)
            try {
                say("handed in, repeated:", at(call(VERIFICATION + "Provide", parameters, false, one -> {}), "repeated"));
                return;
            } catch (Refusal refusal) {
                say(refusal.getMessage());
                return;
            } catch (IOException lost) {
                say("connection lost: the same once more");
                sleep(500);
            }
    }

    static Map<String, Object> keyed(String what, Object value) { // a person pressed the button: a new key
        return Map.of("idempotency_key", UUID.randomUUID().toString(), what, value);
    }

    // One line is one entry of a person; its form tells what it is. At a desk these are fields and buttons.
    static void readKeyboard() {
        for (var lines = new Scanner(System.in); lines.hasNextLine();) {
            var line = lines.nextLine().strip();
            if (line.isEmpty())
                try {
                    if (session == null) System.exit(UNDECIDED);
                    call(VERIFICATION + "Cancel", Map.of("session", session), false, one -> {});
                    continue;
                } catch (IOException | Refusal over) {
                    continue;
                }
            entry = line.equals("yes") || line.equals("no")
                ? keyed("visual_check", Map.of("staff", options.getOrDefault("staff", ""), "confirmed", line.equals("yes"),
                      "reason", options.getOrDefault("staff-reason", "face_failed")))
                : line.length() == 4 ? keyed("pin", line) : keyed("access_number", Map.of("number", line));
            if (session != null) handIn();
        }
    }

    // Follows one Verify to its last reply; waits for its turn while the desk is busy.
    static Object verify(String nonce) throws IOException, Refusal {
        var parameters = Map.of("nonce", nonce, "methods", List.of(options.getOrDefault("methods", "face").split(",")));
        for (long patience = System.nanoTime() + 120_000_000_000L;;) {
            try {
                return call(VERIFICATION + "Verify", parameters, true, step -> {
                    say(at(step, "state"), at(step, "hint", "word"), at(step, "tries_left"), at(step, "pin_tries_left"),
                        at(step, "hint", "ja"));
                    boolean begun = session == null;
                    session = (String) at(step, "session");
                    if (begun && entry != null) handIn(); // from the file, or keyed in before the connection broke: it is kept
                });
            } catch (Refusal busy) {
                if (at(busy.why, "retry_after_ms") == null || System.nanoTime() > patience) throw busy;
                say("busy, place", at(busy.why, "place"));
                sleep(((Double) at(busy.why, "retry_after_ms")).longValue());
            }
        }
    }

    // The claims of a result that may be acted on.
    static Object check(String jws, Object keys, String nonce) throws GeneralSecurityException {
        var parts = (jws + "...").split("\\.", 4);
        var head = new Json(new String(decode(parts[0]))).value();
        must("EdDSA".equals(at(head, "alg")) && "kaomon-result+jws".equals(at(head, "typ")), "not a Kaomon result");
        var key = ((List<?>) at(keys, "keys")).stream().filter(one -> at(one, "kid").equals(at(head, "kid"))).findFirst();
        must(key.isPresent(), "signed by an unknown key");
        var der = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(decode((String) at(key.get(), "x"))));
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        must(signature.verify(decode(parts[2])), "wrong signature");
        var claims = new Json(new String(decode(parts[1]), StandardCharsets.UTF_8)).value();
        long now = System.currentTimeMillis() / 1000;
        must(nonce.equals(at(claims, "nonce")) && session.equals(at(claims, "jti")), "of another visit");
        must((Double) at(claims, "iat") - 60 <= now && now <= (Double) at(claims, "exp") + 60, "not of now"); // a minute for two clocks
        must(at(claims, "aud") == null || at(claims, "aud").equals(options.get("audience")), "made for another system");
        must(((List<?>) at(claims, "simulated")).isEmpty() || options.containsKey("allow-simulated"), "simulated");
        return claims;
    }

    static int run() throws IOException, Refusal, GeneralSecurityException {
        var keys = options.containsKey("keys") ? new Json(Files.readString(Path.of(options.get("keys")))).value()
                                               : call("org.kaomon.Device.GetKeys", Map.of(), false, one -> {});
        if (options.containsKey("number-from"))
            entry = keyed("access_number", Map.of("number", Files.readString(Path.of(options.get("number-from"))).strip()));
        var keyboard = new Thread(Verify::readKeyboard);
        keyboard.setDaemon(true);
        keyboard.start();
        for (int attempt = 0;; ++attempt) {
            var random = new byte[18];
            new SecureRandom().nextBytes(random);
            var nonce = Base64.getUrlEncoder().encodeToString(random); // fresh for every visit
            session = null;
            try {
                var step = verify(nonce);
                if (at(step, "result") == null) { // nothing could be signed: nothing is said about the person
                    say("undecided", at(step, "verdict", "reason", "word"));
                    return UNDECIDED;
                }
                var claims = check((String) at(step, "result"), keys, nonce);
                say(at(claims, "decision"), at(claims, "reason"), at(claims, "subject", "reference"));
                return List.of("verified", "not_verified", "undecided").indexOf(at(claims, "decision"));
            } catch (IOException lost) { // the device ends a visit whose caller is gone; another one begins, the entry has its key
                if (attempt == 3) throw lost;
                say("connection lost: another visit");
                sleep(1000);
            }
        }
    }

    public static void main(String[] words) {
        String name = null;
        for (var word : words) { // no number and no PIN among them: every user of the machine can read a command line
            if (word.startsWith("--")) name = word.substring(2);
            options.put(name, word.startsWith("--") ? "" : word);
        }
        int code;
        try {
            code = run();
        } catch (IOException | Refusal error) {
            System.err.println("no result: " + error);
            code = error instanceof Refusal ? REFUSED : UNREACHABLE;
        } catch (GeneralSecurityException | RuntimeException error) {
            System.err.println("not to be trusted: " + error);
            code = RESULT_INVALID;
        }
        System.exit(code); // whatever the keyboard's thread waits for
    }

    static Object at(Object value, String... path) {
        for (var name : path) value = value instanceof Map<?, ?> object ? object.get(name) : null;
        return value;
    }
    static byte[] decode(String text) { return Base64.getUrlDecoder().decode(text); }
    static void must(boolean what, String otherwise) throws SignatureException { if (!what) throw new SignatureException(otherwise); }
    static void say(Object... words) {
        System.out.println(Stream.of(words).map(word -> word == null ? "-" : word.toString().replaceFirst("\\.0$", ""))
            .collect(Collectors.joining(" ")));
    }
    static void sleep(long ms) {
        try { Thread.sleep(ms); } catch (InterruptedException ignored) { }
    }
}

// What a call goes over: each text is one message.
interface Line extends Closeable {
    void send(String text) throws IOException;
    String receive() throws IOException;
}

class LocalSocket implements Line { // kaomond's own: each message has a NUL at its end
    private final SocketChannel channel;
    private final InputStream replies;

    LocalSocket() throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(Verify.options.getOrDefault("socket", "/run/kaomon/kaomon.sock")));
        replies = new BufferedInputStream(Channels.newInputStream(channel));
    }
    public void send(String text) throws IOException { channel.write(ByteBuffer.wrap((text + "\0").getBytes(StandardCharsets.UTF_8))); }
    public String receive() throws IOException {
        var text = new ByteArrayOutputStream();
        for (int one; (one = replies.read()) != 0; text.write(one))
            if (one < 0) throw new EOFException("the connection ended");
        return text.toString(StandardCharsets.UTF_8);
    }
    public void close() throws IOException { channel.close(); }
}

class Gateway implements Line, WebSocket.Listener { // from another computer: each message is a text frame, without a NUL
    private static HttpClient client;
    private final BlockingQueue<Optional<String>> received = new LinkedBlockingQueue<>(); // empty: the connection ended
    private final StringBuilder text = new StringBuilder();
    private final WebSocket line;

    Gateway() throws IOException, Verify.Refusal {
        try {
            synchronized (Gateway.class) {
                if (client == null) client = HttpClient.newBuilder().sslContext(certificates()).build();
            }
            line = client.newWebSocketBuilder().subprotocols("varlink")
                .buildAsync(URI.create(Verify.options.get("gateway") + "/varlink"), this).get();
        } catch (ExecutionException failed) {
            int status = failed.getCause() instanceof WebSocketHandshakeException answer ? answer.getResponse().statusCode() : 0;
            if (status == 401 || status == 403) // it knows ours, and does not let it in: revoked
                throw new Verify.Refusal("CertificateRefused", "the gateway answers " + status + ": see kaomonctl gateway list there");
            Throwable why = failed;
            while (why.getCause() != null) why = why.getCause();
            // the gateway's certificate, or it does not take ours: not signed there, or expired
            if (why instanceof GeneralSecurityException || why instanceof SSLHandshakeException)
                throw new Verify.Refusal("CertificateRefused", why.getMessage());
            throw new IOException(why);
        } catch (GeneralSecurityException | InterruptedException error) {
            throw new IOException(error);
        }
    }

    private static SSLContext certificates() throws IOException, GeneralSecurityException {
        var reader = CertificateFactory.getInstance("X.509");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var authority = open("authority"); var certificate = open("certificate"); var key = open("key")) {
            var pem = new String(key.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            var ours = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            store.setKeyEntry("ours", ours, new char[0], new Certificate[] { reader.generateCertificate(certificate) });
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", reader.generateCertificate(authority)); // that one alone
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }
    }
    private static InputStream open(String option) throws IOException {
        return Files.newInputStream(Path.of(Verify.options.getOrDefault(option, option + ".pem")));
    }

    public void send(String text) { line.sendText(text, true); } // if that fails, so does receiving
    public String receive() throws IOException {
        try {
            return received.take().orElseThrow(() -> new EOFException("the connection ended"));
        } catch (InterruptedException error) {
            throw new IOException(error);
        }
    }
    public void close() { line.abort(); }

    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            received.add(Optional.of(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add(Optional.empty());
        return null;
    }
    public void onError(WebSocket from, Throwable error) { received.add(Optional.empty()); }
}

class Json {
    private final Matcher token = Pattern.compile("\\s*([\\[\\]{},:]|\"((?:[^\"\\\\]++|\\\\.)*+)\"|[^\\s\\[\\]{},:\"]+)").matcher("");
    Json(String text) { token.reset(text).find(); }

    static String write(Object value) {
        if (value instanceof Map<?, ?> object)
            return "{" + object.entrySet().stream().map(one -> write(one.getKey()) + ":" + write(one.getValue()))
                .collect(Collectors.joining(",")) + "}";
        if (value instanceof List<?> list) return list.stream().map(Json::write).toList().toString();
        return value instanceof String text ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : String.valueOf(value);
    }

    Object value() {
        var word = token.group(1);
        boolean object = word.equals("{");
        if (!object && !word.equals("[")) {
            token.find();
            return scalar(word);
        }
        var members = new LinkedHashMap<Object, Object>();
        var elements = new ArrayList<Object>();
        for (token.find(); !"]}".contains(token.group(1));) {
            var one = value();
            if (object && token.find()) members.put(one, value());
            else elements.add(one);
            if (token.group(1).equals(",")) token.find();
        }
        token.find();
        return object ? members : elements;
    }

    private static Object scalar(String word) {
        if (word.startsWith("\""))
            return Pattern.compile("\\\\(u(....)|.)").matcher(word.substring(1, word.length() - 1)).replaceAll(escape -> {
                int known = "bfnrt".indexOf(escape.group(1));
                var one = escape.group(2) != null ? (char) Integer.parseInt(escape.group(2), 16)
                    : known >= 0 ? "\b\f\n\r\t".charAt(known) : escape.group(1).charAt(0);
                return Matcher.quoteReplacement(String.valueOf(one));
            });
        return word.matches("true|false") ? (Object) word.equals("true") : word.equals("null") ? null : Double.valueOf(word);
    }
}
