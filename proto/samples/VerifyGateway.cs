// Verify.cs from another computer, through kaomon-gateway: each message is a text frame of a WebSocket, without a NUL. Mono has TLS 1.2
// alone, does not know elliptic curves where it checks a certificate, and its ClientWebSocket asks nobody whether one is trusted. In .NET
// ClientWebSocket does all of it: Options.ClientCertificates, and in Options.RemoteCertificateValidationCallback an X509Chain with
// CustomTrustStore.
using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

class Gateway : Line
{
    readonly TcpClient tcp;
    readonly WebSocket line;

    public Gateway()
    {
        var address = new Uri(Verify.Option("gateway", ""));
        var ours = new X509Certificate2(Verify.Option("certificate", "certificate.p12"), "");
        var authority = new X509Certificate2(Verify.Option("authority", "authority.pem"));
        tcp = new TcpClient(address.Host, address.Port);
        var tls = new SslStream(tcp.GetStream(), false,
            (sender, shown, chain, errors) => OpenSsl.Trusted(shown.GetRawCertData(), authority.RawData, address.Host),
            (sender, host, local, remote, issuers) => ours);
        try { tls.AuthenticateAsClient(address.Host, new X509Certificate2Collection(ours), SslProtocols.None, false); }
        catch (AuthenticationException error)
        {
            var why = error.GetBaseException();
            if (why is IOException || why is SocketException) throw new IOException(why.Message);
            // the gateway's certificate, or it does not take ours: not signed there, or expired
            throw new Verify.Refusal("CertificateRefused", why.Message);
        }
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        var request = Encoding.ASCII.GetBytes("GET /varlink HTTP/1.1\r\nHost: " + address.Authority + "\r\nConnection: Upgrade\r\n" +
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: varlink\r\nSec-WebSocket-Key: " + key + "\r\n\r\n");
        tls.Write(request, 0, request.Length);
        var answer = "";
        for (int one; !answer.EndsWith("\r\n\r\n"); answer += (char)one)
            if ((one = tls.ReadByte()) < 0) throw new EndOfStreamException("the connection ended");
        var status = answer.Split(' ')[1];
        if (status == "401" || status == "403") // it knows ours, and does not let it in: revoked
            throw new Verify.Refusal("CertificateRefused", "the gateway answers " + status + ": see kaomonctl gateway list there");
        if (status != "101") throw new IOException("the gateway answers " + status);
        line = WebSocket.CreateClientWebSocket(tls, "varlink", 16384, 16384, WebSocket.DefaultKeepAliveInterval, false,
            WebSocket.CreateClientBuffer(16384, 16384));
    }
    public override void Send(string text)
    {
        var bytes = new ArraySegment<byte>(Encoding.UTF8.GetBytes(text));
        line.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None).GetAwaiter().GetResult();
    }
    public override string Receive()
    {
        var text = new MemoryStream();
        var part = new ArraySegment<byte>(new byte[16384]);
        try
        {
            for (WebSocketReceiveResult got = null; got == null || !got.EndOfMessage; text.Write(part.Array, 0, got.Count))
            {
                got = line.ReceiveAsync(part, CancellationToken.None).GetAwaiter().GetResult();
                if (got.MessageType == WebSocketMessageType.Close) throw new EndOfStreamException("the connection ended");
            }
        }
        catch (WebSocketException error) { throw new IOException(error.Message); }
        return Encoding.UTF8.GetString(text.ToArray());
    }
    public override void Dispose() { tcp.Dispose(); }
}

static class OpenSsl // what Mono cannot; OpenSSL's manual: X509_STORE_CTX_new(3), X509_check_host(3)
{
    const string Library = "libcrypto.so.3";
    const int SslServer = 2; // X509_PURPOSE_SSL_SERVER
    [DllImport(Library)] static extern IntPtr d2i_X509(IntPtr none, ref IntPtr der, IntPtr size);
    [DllImport(Library)] static extern void X509_free(IntPtr certificate);
    [DllImport(Library)] static extern IntPtr X509_STORE_new();
    [DllImport(Library)] static extern int X509_STORE_add_cert(IntPtr store, IntPtr certificate);
    [DllImport(Library)] static extern void X509_STORE_free(IntPtr store);
    [DllImport(Library)] static extern IntPtr X509_STORE_CTX_new();
    [DllImport(Library)] static extern int X509_STORE_CTX_init(IntPtr context, IntPtr store, IntPtr certificate, IntPtr others);
    [DllImport(Library)] static extern int X509_STORE_CTX_set_purpose(IntPtr context, int purpose);
    [DllImport(Library)] static extern void X509_STORE_CTX_free(IntPtr context);
    [DllImport(Library)] static extern int X509_verify_cert(IntPtr context);
    [DllImport(Library)] static extern int X509_check_host(IntPtr certificate, string host, UIntPtr size, uint flags, IntPtr name);
    [DllImport(Library)] static extern int X509_check_ip_asc(IntPtr certificate, string host, uint flags);

    static IntPtr Certificate(byte[] der)
    {
        var pinned = GCHandle.Alloc(der, GCHandleType.Pinned);
        IntPtr at = pinned.AddrOfPinnedObject(), certificate = d2i_X509(IntPtr.Zero, ref at, (IntPtr)der.Length);
        pinned.Free();
        return certificate;
    }

    // Whether a server's certificate is signed by that authority alone, is of that host, and of now.
    public static bool Trusted(byte[] server, byte[] authority, string host)
    {
        IntPtr store = X509_STORE_new(), context = X509_STORE_CTX_new(), root = Certificate(authority), shown = Certificate(server);
        bool trusted = X509_STORE_add_cert(store, root) == 1 && X509_STORE_CTX_init(context, store, shown, IntPtr.Zero) == 1 &&
            X509_STORE_CTX_set_purpose(context, SslServer) == 1 && X509_verify_cert(context) == 1 &&
            (X509_check_host(shown, host, UIntPtr.Zero, 0, IntPtr.Zero) == 1 || X509_check_ip_asc(shown, host, 0) == 1);
        X509_STORE_CTX_free(context);
        X509_STORE_free(store);
        X509_free(shown);
        X509_free(root);
        return trusted;
    }
}
