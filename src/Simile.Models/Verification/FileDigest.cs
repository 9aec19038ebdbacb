using System.Security.Cryptography;
using System.Text;

namespace Simile.Models.Verification;

/// <summary>The hashes of a file.</summary>
/// <param name="Sha256">SHA-256 of the bytes, in lower-case hexadecimal.</param>
/// <param name="Blob">Git's blob hash: the SHA-1 of "blob", the length, a zero byte and the bytes.</param>
internal sealed record FileDigest(string Sha256, string Blob)
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Computes both hashes in one pass.</summary>
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

    /// <summary>The hash to compare with <paramref name="expected"/>, chosen by its length.</summary>
    public string Like(string expected) => expected.Length == Blob.Length ? Blob : Sha256;
}
