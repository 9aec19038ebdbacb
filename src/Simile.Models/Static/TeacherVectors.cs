using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>The teacher's vectors of the texts, in a file of half-precision rows. An interrupted run leaves it for the next run.</summary>
internal sealed class TeacherVectors(string folder, TextEmbedder teacher, string[] texts)
{
    private const int TextsAtOnce = 8192;
    private readonly string _file = Path.Combine(folder, $"teacher-{Name(teacher, texts)}.f16");

    /// <summary>Embeds the texts whose vectors are not in the file yet.</summary>
    /// <returns>The vectors of all texts from the file.</returns>
    public VectorMatrix Complete(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var stream = new FileStream(_file, FileMode.OpenOrCreate);
        var rowBytes = teacher.Dimensions * sizeof(ushort);
        var done = (int)Math.Min(stream.Length / rowBytes, texts.Length);
        stream.SetLength((long)done * rowBytes);
        stream.Position = stream.Length;
        while (done < texts.Length)
        {
            progress?.Report(done);
            var next = Math.Min(TextsAtOnce, texts.Length - done);
            var vectors = teacher.Embed(new ArraySegment<string>(texts, done, next), cancellationToken: cancellationToken);
            var halves = new Half[next * teacher.Dimensions];
            TensorPrimitives.ConvertToHalf(vectors.AsSpan(), halves);
            stream.Write(MemoryMarshal.AsBytes<Half>(halves));
            stream.Flush();
            done += next;
        }

        progress?.Report(done);
        stream.Position = 0;
        return Read(stream);
    }

    public void Delete() => File.Delete(_file);

    private VectorMatrix Read(FileStream stream)
    {
        var vectors = new VectorMatrix(texts.Length, teacher.Dimensions);
        var row = new Half[teacher.Dimensions];
        for (var text = 0; text < texts.Length; text++)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            TensorPrimitives.ConvertToSingle(row, vectors[text]);
        }

        return vectors;
    }

    private static string Name(TextEmbedder teacher, string[] texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts.Prepend($"{Path.GetFullPath(teacher.Name)} {teacher.Dimensions}"))
        {
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
            hash.AppendData([0, 0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
