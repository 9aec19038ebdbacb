using System.Buffers.Binary;
using System.Text.Json;

namespace Simile.Models.Checkpoints;

/// <summary>
/// Reads the safetensors format: eight bytes with the length of a JSON header, the header (name → dtype, shape, data_offsets), the data.
/// </summary>
/// <remarks>A file is hostile until parsed: any fault gives an <see cref="InvalidDataException"/> that names it.</remarks>
internal static class SafeTensors
{
    // The reference implementation's limit.
    private const long LongestHeader = 100_000_000;

    /// <summary>Opens a file. The data stay in the file until they are read.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or has another format.</exception>
    public static Checkpoint Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {Quoted.Of(path)}.", path);
        }

        GitLfs.Refuse(path);
        var file = new MappedFile(path);
        try
        {
            return new Checkpoint(ReadHeader(file, path), file);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"{path} is damaged: its header is not the JSON of a safetensors file ({Quoted.Of(e.Message.TrimEnd('.'))}).", e);
            }

            throw;
        }
    }

    private static Dictionary<string, Tensor> ReadHeader(MappedFile file, string path)
    {
        if (file.Length < 8)
        {
            throw new InvalidDataException($"{path} is damaged: {file.Length} bytes are too few for a safetensors file.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, 8).Span);
        if (length > LongestHeader || (long)length > file.Length - 8)
        {
            throw new InvalidDataException($"{path} is damaged: it claims a header of {length} bytes, but has {file.Length} in all.");
        }

        using var header = JsonDocument.Parse(file.Slice(8, (int)length));
        var tensors = new Dictionary<string, Tensor>();
        var spans = new List<(long Start, long End, string Name)>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                continue;
            }

            if (!Quoted.IsSeen(entry.Name))
            {
                throw new InvalidDataException($"{path} is damaged: the name of a tensor holds control characters.");
            }

            var (tensor, start) = ReadTensor(file, 8 + (long)length, entry, path);
            if (!tensors.TryAdd(entry.Name, tensor))
            {
                throw new InvalidDataException($"{path} is damaged: it names the tensor {entry.Name} twice.");
            }

            spans.Add((start, start + tensor.Bytes.Length, entry.Name));
        }

        RefuseOverlaps(spans, path);
        return tensors;
    }

    private static (Tensor Tensor, long Start) ReadTensor(MappedFile file, long dataStart, JsonProperty entry, string path)
    {
        var type = DTypes.Named(entry.Value.Required("dtype").GetString())
            ?? throw new InvalidDataException(
                $"{path}: tensor {entry.Name} is of the type {Quoted.Of(entry.Value.GetProperty("dtype").GetString() ?? "null")}, "
                + "which is unknown.");
        var shape = entry.Value.Required("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
        var offsets = entry.Value.Required("data_offsets").EnumerateArray().Select(d => d.GetInt64()).ToArray();
        if (offsets is not [var start, var end] || start < 0 || end < start || end > file.Length - dataStart)
        {
            throw new InvalidDataException($"{path} is damaged: the data of tensor {entry.Name} is not inside the file.");
        }

        if (TensorShape.Bytes(shape, type) is not { } bytes || bytes != end - start)
        {
            throw new InvalidDataException(
                $"{path} is damaged: tensor {entry.Name} has {end - start} bytes, "
                + $"which is not what its shape [{string.Join(", ", shape)}] needs.");
        }

        if (bytes > int.MaxValue)
        {
            throw new InvalidDataException($"{path}: tensor {entry.Name} has {bytes} bytes; at most {int.MaxValue} are supported.");
        }

        return (new Tensor(entry.Name, type, shape, file.Slice(dataStart + start, (int)bytes)), start);
    }

    private static void RefuseOverlaps(List<(long Start, long End, string Name)> spans, string path)
    {
        spans.Sort();
        for (var i = 1; i < spans.Count; i++)
        {
            if (spans[i].Start < spans[i - 1].End)
            {
                throw new InvalidDataException($"{path} is damaged: the tensors {spans[i - 1].Name} and {spans[i].Name} overlap.");
            }
        }
    }
}
