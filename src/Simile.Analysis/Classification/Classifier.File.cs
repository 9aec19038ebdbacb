using System.Buffers.Binary;
using System.Text;
using Simile.Numerics;
using Simile.Numerics.Files;

namespace Simile.Analysis;

/// <content>Classifier files: docs/formats/classifier.md.</content>
public sealed partial class Classifier
{
    /// <summary>Saves the classifier atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var bytes = ClassifierFile.Write(this);
        WholeFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Loads a file written by <see cref="Save"/>.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, of another format or of a later version.</exception>
    public static Classifier Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The classifier {Quoted.Of(path)} does not exist: give the file that training wrote.", path);
        }

        return ClassifierFile.Read(File.ReadAllBytes(path), Quoted.Of(path));
    }

    /// <summary>The bytes of a classifier file.</summary>
    private sealed class ClassifierFile
    {
        private const uint Version = 2;
        private const uint VersionWithoutModel = 1;
        private const int HeaderBytes = 64;
        private const int MostClasses = 1 << 20;
        private const int MostDimensions = 1 << 20;

        private readonly byte[] _bytes;
        private readonly string _name;
        private int _at = HeaderBytes;

        private ClassifierFile(byte[] bytes, string name) => (_bytes, _name) = (bytes, name);

        // Like PNG's signature: a transfer in text mode visibly destroys it.
        private static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'I', (byte)'M', (byte)'C', 0x0D, 0x0A, 0x1A];

        public static byte[] Write(Classifier classifier)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            var votes = classifier._votes;
            writer.Write(Magic);
            writer.Write(classifier.Options.Model is null ? VersionWithoutModel : Version);
            writer.Write(0u); // the checksum, at last
            writer.Write(0UL); // the length, at last
            writer.Write((uint)classifier.Options.Kind);
            writer.Write((uint)classifier.Options.Metric);
            writer.Write((uint)classifier._calibrator.Method);
            writer.Write((uint)classifier.Classes.Count);
            writer.Write((uint)classifier.Dimensions);
            writer.Write((uint)(votes?.Examples.Count ?? classifier.Coefficients!.Count));
            writer.Write((uint)classifier.Options.Neighbors);
            writer.Write((uint)classifier._calibrator.Parameters.Length);
            writer.Write(classifier.Options.C);
            foreach (var name in classifier.Classes)
            {
                WriteText(writer, name);
            }

            WriteFloats(writer, votes is null ? classifier.Coefficients!.AsSpan() : votes.Examples.AsSpan());
            WriteFloats(writer, votes is null ? classifier._linear!.Intercepts : []);
            foreach (var label in votes?.Labels ?? [])
            {
                writer.Write((uint)label);
            }

            WriteFloats(writer, classifier._calibrator.Parameters);
            if (classifier.Options.Model is { } model)
            {
                WriteText(writer, model.Name);
                WriteText(writer, model.Fingerprint);
            }

            writer.Flush();
            var bytes = stream.ToArray();
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), (ulong)bytes.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Crc32C.Of(bytes.AsSpan(16)));
            return bytes;
        }

        public static Classifier Read(byte[] bytes, string name)
        {
            var file = new ClassifierFile(bytes, name);
            file.CheckFrame();
            try
            {
                return file.Read();
            }
            catch (Exception e) when (e is ArgumentException or OverflowException)
            {
                // The checksum is right but the values are not: the file was crafted.
                throw file.Damaged($"makes no sense ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})");
            }
        }

        private void CheckFrame()
        {
            if (_bytes.Length < HeaderBytes || !_bytes.AsSpan(0, 8).SequenceEqual(Magic))
            {
                throw Damaged("is not a classifier of Simile");
            }

            if (Number(8) is < VersionWithoutModel or > Version)
            {
                throw Damaged($"has version {Number(8)}, but this Simile reads versions {VersionWithoutModel} to {Version}");
            }

            if (BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(16)) != (ulong)_bytes.Length)
            {
                throw Damaged("is cut off or longer than it says");
            }

            if (Number(12) != Crc32C.Of(_bytes.AsSpan(16)))
            {
                throw Damaged("is damaged: its checksum is wrong");
            }
        }

        private Classifier Read()
        {
            var (classCount, dimensions) =
                (Within(Number(36), 2, MostClasses, "classes"), Within(Number(40), 1, MostDimensions, "dimensions"));
            var options = new ClassifierOptions
            {
                Kind = (ClassifierKind)Number(24),
                Metric = (Metric)Number(28),
                Calibration = (CalibrationMethod)Number(32),
                Neighbors = Within(Number(48), 1, int.MaxValue, "neighbors"),
                C = BinaryPrimitives.ReadDoubleLittleEndian(_bytes.AsSpan(56)),
            };
            options.Validate();
            var classes = ReadClasses(classCount);
            var byVotes = options.Kind == ClassifierKind.NearestNeighbors;
            var rows = byVotes
                ? Within(Number(44), 1, int.MaxValue, "examples")
                : Within(Number(44), classCount == 2 ? 1 : classCount, classCount == 2 ? 1 : classCount, "rows of weights");
            var matrix = new VectorMatrix(Floats((long)rows * dimensions), dimensions);
            var intercepts = byVotes ? [] : Floats(rows);
            var labels = byVotes ? ReadLabels(rows, classCount) : [];
            var calibrator = ReadCalibrator(options.Calibration, classCount);
            options = Number(8) == VersionWithoutModel ? options : options with { Model = new EmbeddingModelId(ReadText(1), ReadText(0)) };
            if (_at != _bytes.Length)
            {
                throw Damaged($"has {_bytes.Length - _at} bytes too many");
            }

            return byVotes
                ? new Classifier(
                    classes,
                    dimensions,
                    options,
                    null,
                    new NeighborVotes(matrix, labels, classCount, options.Neighbors, options.Metric),
                    calibrator)
                : new Classifier(classes, dimensions, options, new LinearWeights(matrix, intercepts), null, calibrator);
        }

        private string[] ReadClasses(int count)
        {
            var classes = new List<string>();
            while (classes.Count < count)
            {
                classes.Add(ReadText(1));
                if (classes.Count > 1 && string.CompareOrdinal(classes[^2], classes[^1]) >= 0)
                {
                    throw Damaged("has classes that are not in order");
                }
            }

            return [.. classes];
        }

        private string ReadText(int least) => Encoding.UTF8.GetString(Take(Within(Next(), least, _bytes.Length, "bytes of a name")));

        private int[] ReadLabels(int count, int classes)
        {
            var labels = new int[count];
            foreach (ref var label in labels.AsSpan())
            {
                label = Within(Next(), 0, classes - 1, "as the class of an example");
            }

            return labels;
        }

        private Calibrator ReadCalibrator(CalibrationMethod method, int classes)
        {
            var count = Within(Number(52), 0, int.MaxValue, "numbers of a calibration");
            var parameters = Floats(count);
            var right = method switch
            {
                CalibrationMethod.None => count == 0,
                CalibrationMethod.Temperature => count == 1 && parameters[0] > 0,
                CalibrationMethod.Platt => count == 2 * classes,
                _ => IsotonicSteps.Split(parameters, classes).Length == classes,
            };
            return right
                ? new Calibrator(method, parameters)
                : throw Damaged($"has {count} numbers for its calibration, which is another number than {method} takes");
        }

        // Sizes are checked against the remaining bytes before anything is allocated.
        private float[] Floats(long count)
        {
            if (count > (_bytes.Length - _at) / sizeof(float))
            {
                throw Damaged("is shorter than its sizes say");
            }

            var floats = new float[count];
            foreach (ref var value in floats.AsSpan())
            {
                value = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
            }

            VectorMath.ThrowIfNotFinite(floats);
            return floats;
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _bytes.Length - _at)
            {
                throw Damaged("is shorter than its sizes say");
            }

            _at += count;
            return _bytes.AsSpan(_at - count, count);
        }

        private uint Next() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

        private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

        private int Within(uint value, int least, int most, string what) =>
            value >= least && value <= most ? (int)value : throw Damaged($"has {value} {what}");

        private InvalidDataException Damaged(string how) => new($"{_name} {how}: train it again, or take a copy.");

        private static void WriteText(BinaryWriter writer, string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            writer.Write((uint)utf8.Length);
            writer.Write(utf8);
        }

        private static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> floats)
        {
            foreach (var value in floats)
            {
                writer.Write(value);
            }
        }
    }
}
