using System.Security.Cryptography;
using System.Text;

namespace Simile.Models.Verification;

/// <summary>The hashes of a file.</summary>
/// <param name="Sha256">Of its bytes, as lower-case hexadecimal digits.</param>
/// <param name="Blob">The name that git gives the same bytes: the SHA-1 of "blob", their number, a zero and the bytes.</param>
internal sealed record FileDigest(string Sha256, string Blob)
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Reads a file once for both.</summary>
    public static FileDigest Of(string path, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        var block = new byte[BlockBytes];
        for (int count; (count = file.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sha256.AppendData(block, 0, count);
            sha1.AppendData(block, 0, count);
        }

        return new FileDigest(Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(sha1.GetHashAndReset()));
    }

    /// <summary>The one of the two that <paramref name="expected"/> is to be compared with, told by its length.</summary>
    public string Like(string expected) => expected.Length == Blob.Length ? Blob : Sha256;
}
