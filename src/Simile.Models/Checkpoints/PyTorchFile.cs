using System.Buffers.Binary;
using System.Numerics;

namespace Simile.Models.Checkpoints;

/// <summary>
/// Reads files of torch.save (.bin, .pt, .pth): a zip archive, or the format before PyTorch 1.6. Both hold a pickle that names the
/// tensors, and their data beside it. The pickle is read by <see cref="Pickle"/>, which cannot run code.
/// </summary>
internal static class PyTorchFile
{
    // Views that are not contiguous rows are copied. Tied or transposed tensors are rare.
    private const int MostCopies = 4;

    // A small file may repeat a number over a large matrix.
    private const long FreeCopies = 16 << 20;

    private static readonly BigInteger LegacyMagic = BigInteger.Parse("119547037146038801333356");

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds more than tensors in plain containers.</exception>
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
            var start = file.Slice(0, (int)Math.Min(file.Length, OtherForms.Longest)).Span;
            OtherForms.Refuse(start);
            return new Checkpoint(start.StartsWith("PK"u8) ? OpenZip(file) : OpenLegacy(file), file);
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw new InvalidDataException($"{path} cannot be read: {Quoted.Of(e.Message.TrimEnd('.'))}.", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Dictionary<string, Tensor> OpenZip(MappedFile file)
    {
        const string Name = "data.pkl";
        var archive = StoredZip.Open(file);
        var pickle = archive.Names.FirstOrDefault(name => name == Name || name.EndsWith("/" + Name, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"the archive has no {Name}");
        var folder = pickle[..^Name.Length];
        if (archive.Find(folder + "byteorder") is { } order && order.Span.SequenceEqual("big"u8))
        {
            throw new InvalidDataException("its numbers are big-endian");
        }

        var root = Pickle.Read(archive.Find(pickle)!.Value.Span, out _);
        return Tensors(root, file.Length, storage => archive.Find($"{folder}data/{storage.Key}")
            ?? throw new InvalidDataException($"the archive has no data/{storage.Key}"));
    }

    private static Dictionary<string, Tensor> OpenLegacy(MappedFile file)
    {
        if (file.Length > int.MaxValue)
        {
            throw new InvalidDataException("files of PyTorch before 1.6 are not supported beyond 2 GB: use the model's safetensors files");
        }

        var bytes = file.Slice(0, (int)file.Length);
        var position = 0;
        if (!IsMagic(bytes.Span) || Next() is not BigInteger magic || magic != LegacyMagic)
        {
            throw new InvalidDataException("it is not a file of torch.save");
        }

        Next();
        if (Next() is Dictionary<string, object?> system && system.GetValueOrDefault("little_endian") is false)
        {
            throw new InvalidDataException("its numbers are big-endian");
        }

        var root = Pickle.Read(bytes.Span[position..], out var read, out var types);
        position += read;
        var keys = Next() as List<object?> ?? throw new InvalidDataException("the list of its storages is missing");
        var storages = new Dictionary<string, Memory<byte>>();
        foreach (var key in keys.OfType<string>())
        {
            // Storages follow each other, so the sizes of unused ones count too.
            if (!types.TryGetValue(key, out var storage) || TorchTypes.Size(storage) is not { } size)
            {
                throw new InvalidDataException($"the size of the storage {key} is unknown ({storage?.Kind ?? "nothing mentions it"})");
            }

            var count = position <= bytes.Length - 8 ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[position..]) : -1;
            if (count < 0 || count > (bytes.Length - position - 8) / size)
            {
                throw new InvalidDataException($"the numbers of the tensor storage {key} are cut off");
            }

            storages[key] = bytes.Slice(position + 8, (int)count * size);
            position += 8 + storages[key].Length;
        }

        return Tensors(root, file.Length, storage => storages.TryGetValue(storage.Key, out var data) ? data
            : throw new InvalidDataException($"the storage {storage.Key} is missing"));

        object? Next()
        {
            var value = Pickle.Read(bytes.Span[position..], out var length);
            position += length;
            return value;
        }
    }

    private static Dictionary<string, Tensor> Tensors(object? root, long fileLength, Func<PickleStorage, Memory<byte>> open)
    {
        var storages = new Dictionary<string, Memory<byte>>();
        var tensors = new Dictionary<string, Tensor>();
        var copied = 0L;
        foreach (var (name, view) in PickledTensors.Find(root))
        {
            if (!Quoted.IsSeen(name))
            {
                throw new InvalidDataException("the name of a tensor holds control characters");
            }

            if (view.Type is not { } type)
            {
                continue; // complex or quantized numbers: where somebody needs them they are missing by their name
            }

            if (!storages.TryGetValue(view.Storage.Key, out var data))
            {
                storages[view.Storage.Key] = data = open(view.Storage);
            }

            var count = Count(name, view, type, data.Length);
            if (count > 0 && !IsContiguous(view) && (copied += (long)count * type.Size()) > Math.Max(FreeCopies, MostCopies * fileLength))
            {
                throw new InvalidDataException("its tensors are views that would take far more memory than the file is long");
            }

            tensors[name] = Materialize(name, view, type, data, count);
        }

        return tensors.Count > 0
            ? tensors
            : throw new InvalidDataException($"none of its tensors has a supported number type ({PickledTensors.Seen(root)})");
    }

    // The first number of the old format distinguishes other files from damaged ones.
    private static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes.Length > 2 && bytes[0] == 0x80 && bytes[2] is 0x8a or (byte)'L' or 0x95;

    // With a stride of 0, a tensor has more elements than its storage.
    private static int Count(string name, PickleTensor view, DType type, int storageBytes)
    {
        var size = type.Size();
        var available = storageBytes / size;
        return view.Shape.Length == view.Strides.Length
            && TensorShape.Bytes(view.Shape, type) / size is { } count && count <= int.MaxValue / size
            && (count <= available || view.Strides.Contains(0)) && Fits(view, available)
            ? (int)count
            : throw new InvalidDataException($"the tensor {name} reaches outside its storage");
    }

    private static Tensor Materialize(string name, PickleTensor view, DType type, Memory<byte> data, int count)
    {
        var size = type.Size();
        return new Tensor(name, type, view.Shape, count == 0 ? default
            : IsContiguous(view) ? data.Slice((int)view.Offset * size, count * size)
            : Gather(view, data.Span, count, size));
    }

    private static bool Fits(PickleTensor view, long available)
    {
        Int128 last = view.Offset;
        for (var i = 0; i < view.Shape.Length; i++)
        {
            if (view.Strides[i] < 0 || last > available)
            {
                return false;
            }

            last += (Int128)Math.Max(0, view.Shape[i] - 1) * view.Strides[i];
        }

        return view.Offset >= 0 && (last < available || view.Shape.Contains(0));
    }

    private static bool IsContiguous(PickleTensor view)
    {
        var expected = 1L;
        for (var i = view.Shape.Length - 1; i >= 0; i--)
        {
            if (view.Shape[i] != 1 && view.Strides[i] != expected)
            {
                return false;
            }

            expected *= view.Shape[i];
        }

        return true;
    }

    private static byte[] Gather(PickleTensor view, ReadOnlySpan<byte> data, int count, int size)
    {
        var result = new byte[count * size];
        var index = new long[view.Shape.Length];
        for (var n = 0; n < count; n++)
        {
            var at = view.Offset;
            for (var i = 0; i < index.Length; i++)
            {
                at += index[i] * view.Strides[i];
            }

            data.Slice((int)at * size, size).CopyTo(result.AsSpan(n * size));
            for (var i = index.Length - 1; i >= 0 && ++index[i] == view.Shape[i]; i--)
            {
                index[i] = 0;
            }
        }

        return result;
    }
}
