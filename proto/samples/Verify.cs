// A whole visit with kaomond. README.md beside this file tells the visit, the options and the exit codes. For Mono on Linux:
// mcs -r:System.Web.Extensions Verify.cs VerifyGateway.cs && mono Verify.exe OPTIONS. With .NET take System.Text.Json and
// UnixDomainSocketEndPoint; Ed25519 is in neither: here it is OpenSSL's, elsewhere a library such as BouncyCastle has it.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Web.Script.Serialization;
using Fields = System.Collections.Generic.Dictionary<string, object>;

static class Verify
{
    const int Undecided = 2, Unreachable = 4, ResultInvalid = 5, Refused = 6;
    const string Verification = "org.kaomon.Verification.";
    static readonly Dictionary<string, string> options = new Dictionary<string, string>();
    static readonly JavaScriptSerializer json = new JavaScriptSerializer();
    static volatile Fields entry;   // what a person keyed in last, with its idempotency key
    static volatile string session; // the visit that runs

    // An error that the device answered.
    public class Refusal : Exception
    {
        public readonly object Why;
        public Refusal(object error, object why) : base(error + ": " + (why as string ?? At(why, "reason", "ja"))) { Why = why; }
    }
    class NotTrusted : Exception { public NotTrusted(string why) : base(why) { } }

    // The replies to one call, over a connection of its own. SocketException, IOException: nobody knows what became of the call.
    static IEnumerable<object> Call(string method, Fields parameters, bool more = false)
    {
        using (var line = options.ContainsKey("gateway") ? (Line)new Gateway() : new LocalSocket())
        {
            line.Send(json.Serialize(new Fields { { "method", method }, { "parameters", parameters }, { "more", more } }));
            for (object reply = null; reply == null || true.Equals(At(reply, "continues"));)
            {
                reply = json.DeserializeObject(line.Receive());
                if (At(reply, "error") != null) throw new Refusal(At(reply, "error"), At(reply, "parameters"));
                yield return At(reply, "parameters");
            }
        }
    }

    // Sends the entry; after a broken connection once more, with the same key: for the device it stays one try.
    static void HandIn()
    {
        var parameters = new Fields(entry) { { "session", session } };
        for (int attempt = 0; attempt < 3; ++attempt)
            try
            {
                Say("handed in, repeated:", At(Call(Verification + "Provide", parameters).First(), "repeated"));
                return;
            }
            catch (Refusal refusal) { Say(refusal.Message); return; }
            catch (Exception lost) when (lost is SocketException || lost is IOException)
            {
                Say("connection lost: the same once more");
                Thread.Sleep(500);
            }
    }

    static Fields Keyed(string what, object value) // a person pressed the button: a new key
    {
        return new Fields { { "idempotency_key", Guid.NewGuid().ToString() }, { what, value } };
    }

    // One line is one entry of a person; its form tells what it is. At a desk these are fields and buttons.
    static void ReadKeyboard()
    {
        for (string line; (line = Console.ReadLine()) != null;)
        {
            line = line.Trim();
            if (line == "")
            {
                if (session == null) Environment.Exit(Undecided);
                try { Call(Verification + "Cancel", new Fields { { "session", session } }).First(); } catch (Exception) { } // over already
                continue;
            }
            entry = line == "yes" || line == "no"
                ? Keyed("visual_check", new Fields { { "staff", Option("staff", "") }, { "confirmed", line == "yes" },
                                                     { "reason", Option("staff-reason", "face_failed") } })
                : line.Length == 4 ? Keyed("pin", line) : Keyed("access_number", new Fields { { "number", line } });
            if (session != null) HandIn();
        }
    }

    // Follows one Verify to its last reply; waits for its turn while the desk is busy.
    static object Follow(string nonce)
    {
        var parameters = new Fields { { "nonce", nonce }, { "methods", Option("methods", "face").Split(',') } };
        for (var waited = Stopwatch.StartNew(); ;)
            try
            {
                object last = null;
                foreach (var step in Call(Verification + "Verify", parameters, true))
                {
                    Say(At(step, "state"), At(step, "hint", "word"), At(step, "tries_left"), At(step, "pin_tries_left"),
                        At(step, "hint", "ja"));
                    bool begun = session == null;
                    session = (string)At(last = step, "session");
                    if (begun && entry != null) HandIn(); // from the file, or keyed in before the connection broke: it is kept
                }
                return last;
            }
            catch (Refusal busy) when (At(busy.Why, "retry_after_ms") != null && waited.Elapsed.TotalMinutes < 2)
            {
                Say("busy, place", At(busy.Why, "place"));
                Thread.Sleep((int)At(busy.Why, "retry_after_ms"));
            }
    }

    // The claims of a result that may be acted on; else NotTrusted.
    static object Check(string jws, object keys, string nonce)
    {
        var parts = (jws + "...").Split('.');
        var head = json.DeserializeObject(Encoding.UTF8.GetString(Decode(parts[0])));
        Must((string)At(head, "alg") == "EdDSA" && (string)At(head, "typ") == "kaomon-result+jws", "not a Kaomon result");
        var key = ((object[])At(keys, "keys")).FirstOrDefault(one => (string)At(one, "kid") == (string)At(head, "kid"));
        Must(key != null, "signed by an unknown key");
        var text = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        Must(Ed25519.Signed(Decode((string)At(key, "x")), text, Decode(parts[2])), "wrong signature");
        var claims = json.DeserializeObject(Encoding.UTF8.GetString(Decode(parts[1])));
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Must((string)At(claims, "nonce") == nonce && (string)At(claims, "jti") == session, "of another visit");
        const int slack = 60; // seconds, for two clocks
        Must(Convert.ToInt64(At(claims, "iat")) - slack <= now && now <= Convert.ToInt64(At(claims, "exp")) + slack, "not of now");
        Must(At(claims, "aud") == null || (string)At(claims, "aud") == Option("audience", ""), "made for another system");
        Must(((object[])At(claims, "simulated")).Length == 0 || options.ContainsKey("allow-simulated"), "simulated");
        return claims;
    }

    static int Run()
    {
        var keys = options.ContainsKey("keys") ? json.DeserializeObject(File.ReadAllText(options["keys"]))
                                               : Call("org.kaomon.Device.GetKeys", new Fields()).First();
        if (options.ContainsKey("number-from"))
            entry = Keyed("access_number", new Fields { { "number", File.ReadAllText(options["number-from"]).Trim() } });
        new Thread(ReadKeyboard) { IsBackground = true }.Start();
        for (int attempt = 0; ; ++attempt)
            try
            {
                var random = new byte[18];
                RandomNumberGenerator.Create().GetBytes(random);
                var nonce = Convert.ToBase64String(random); // fresh for every visit
                session = null;
                var step = Follow(nonce);
                if (At(step, "result") == null) // nothing could be signed: nothing is said about the person
                {
                    Say("undecided", At(step, "verdict", "reason", "word"));
                    return Undecided;
                }
                var claims = Check((string)At(step, "result"), keys, nonce);
                Say(At(claims, "decision"), At(claims, "reason"), At(claims, "subject", "reference"));
                return Array.IndexOf(new object[] { "verified", "not_verified", "undecided" }, At(claims, "decision"));
            }
            catch (Exception lost) when (attempt < 3 && (lost is SocketException || lost is IOException))
            {
                Say("connection lost: another visit"); // the device ends a visit whose caller is gone; the entry keeps its key
                Thread.Sleep(1000);
            }
    }

    static int Main(string[] words)
    {
        string name = null;
        foreach (var word in words) // no number and no PIN among them: every user of the machine can read a command line
            if (word.StartsWith("--")) options[name = word.Substring(2)] = "";
            else options[name] = word;
        try { return Run(); }
        catch (Exception error)
        {
            bool unreachable = error is SocketException || error is IOException, refused = error is Refusal;
            Console.Error.WriteLine((unreachable || refused ? "no result: " : "not to be trusted: ") + error.Message);
            return unreachable ? Unreachable : refused ? Refused : ResultInvalid;
        }
    }

    public static string Option(string name, string otherwise) { return options.ContainsKey(name) ? options[name] : otherwise; }
    static void Say(params object[] words) { Console.WriteLine(string.Join(" ", words.Select(word => word ?? "-"))); }
    static void Must(bool what, string otherwise) { if (!what) throw new NotTrusted(otherwise); }
    static byte[] Decode(string text) // base64url
    {
        return Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4));
    }
    static object At(object value, params string[] path) // what stands there; null where nothing does
    {
        foreach (var name in path)
            value = value is Fields && ((Fields)value).ContainsKey(name) ? ((Fields)value)[name] : null;
        return value;
    }
}

abstract class Line : IDisposable // what a call goes over, each text one message; the other one is in VerifyGateway.cs
{
    public abstract void Send(string text);
    public abstract string Receive();
    public abstract void Dispose();
}

class LocalSocket : Line // kaomond's own: each message has a NUL at its end
{
    readonly Socket socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly Stream replies;

    public LocalSocket()
    {
        socket.Connect(new UnixEndPoint(Verify.Option("socket", "/run/kaomon/kaomon.sock")));
        replies = new BufferedStream(new NetworkStream(socket));
    }
    public override void Send(string text) { socket.Send(Encoding.UTF8.GetBytes(text + "\0")); }
    public override string Receive()
    {
        var text = new List<byte>();
        for (int one; (one = replies.ReadByte()) != 0; text.Add((byte)one))
            if (one < 0) throw new EndOfStreamException("the connection ended");
        return Encoding.UTF8.GetString(text.ToArray());
    }
    public override void Dispose() { socket.Dispose(); }

    class UnixEndPoint : EndPoint // of sockaddr_un: the family, the path, NUL
    {
        readonly byte[] path;
        public UnixEndPoint(string path) { this.path = Encoding.UTF8.GetBytes(path + "\0"); }
        public override AddressFamily AddressFamily { get { return AddressFamily.Unix; } }
        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Unix, 2 + path.Length);
            for (int i = 0; i < path.Length; ++i) address[2 + i] = path[i];
            return address;
        }
    }
}

static class Ed25519 // by OpenSSL 3; its manual: EVP_PKEY_new_raw_public_key(3), EVP_DigestVerify(3)
{
    const string Library = "libcrypto.so.3";
    const int Kind = 1087; // EVP_PKEY_ED25519
    [DllImport(Library)] static extern IntPtr EVP_PKEY_new_raw_public_key(int kind, IntPtr engine, byte[] key, UIntPtr size);
    [DllImport(Library)] static extern IntPtr EVP_MD_CTX_new();
    [DllImport(Library)] static extern int EVP_DigestVerifyInit(IntPtr context, IntPtr kept, IntPtr digest, IntPtr engine, IntPtr key);
    [DllImport(Library)] static extern int EVP_DigestVerify(IntPtr context, byte[] signature, UIntPtr size, byte[] text, UIntPtr length);
    [DllImport(Library)] static extern void EVP_MD_CTX_free(IntPtr context);
    [DllImport(Library)] static extern void EVP_PKEY_free(IntPtr key);

    public static bool Signed(byte[] publicKey, byte[] text, byte[] signature)
    {
        IntPtr key = EVP_PKEY_new_raw_public_key(Kind, IntPtr.Zero, publicKey, (UIntPtr)publicKey.Length), context = EVP_MD_CTX_new();
        bool signed = EVP_DigestVerifyInit(context, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, key) == 1 &&
            EVP_DigestVerify(context, signature, (UIntPtr)signature.Length, text, (UIntPtr)text.Length) == 1;
        EVP_MD_CTX_free(context);
        EVP_PKEY_free(key);
        return signed;
    }
}
