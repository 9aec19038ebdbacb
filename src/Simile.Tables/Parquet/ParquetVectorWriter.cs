using global::Parquet;
using global::Parquet.Schema;
using Simile.Numerics;

namespace Simile.Tables;

/// <summary>Writes a Parquet file with the optional columns "id", "label" and "text", and the list column "vector" of float32.</summary>
internal sealed class ParquetVectorWriter(string path, int dimensions) : VectorWriter(path, dimensions)
{
    // 64 MB of numbers per row group, because readers load a whole row group at a time.
    private const int NumbersPerGroup = 1 << 24;

    private VectorRows _pending = new(nameof(ParquetVectorWriter));
    private ParquetWriter? _writer;
    private DataField[] _texts = [];
    private DataField _numbers = null!;

    private protected override void Write(VectorSet vectors)
    {
        _writer ??= Begin(vectors);
        for (var row = 0; row < vectors.Vectors.Count; row++)
        {
            _pending.Add(vectors.Vectors[row], "a row");
            _pending.Describe(vectors.Ids?[row], vectors.Labels?[row], vectors.Texts?[row]);
            if ((long)_pending.Count * Dimensions >= NumbersPerGroup)
            {
                WriteGroup();
            }
        }
    }

    private protected override void WriteRest()
    {
        _writer ??= Begin(new VectorSet(new VectorMatrix(0, Dimensions)));
        if (_pending.Count > 0)
        {
            WriteGroup();
        }

        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private ParquetWriter Begin(VectorSet vectors)
    {
        (IReadOnlyList<string>? List, string Name)[] given = [(vectors.Ids, VectorNames.Ids[0]), (vectors.Labels, VectorNames.Labels[0]), (
            vectors.Texts, VectorNames.Texts[0])];
        _texts = [.. given.Where(entry => entry.List is not null)
            .Select(entry => new DataField(entry.Name, typeof(string), isNullable: false, isArray: null, propertyName: null))];
        _numbers = new DataField<float>("element", false);
        var schema = new ParquetSchema([.. _texts, new ListField(VectorNames.Vectors[0], _numbers)]);
        return ParquetWriter.CreateAsync(schema, Stream).GetAwaiter().GetResult();
    }

    private void WriteGroup()
    {
        var set = _pending.ToSet();
        _pending = new VectorRows(nameof(ParquetVectorWriter));
        using var group = _writer!.CreateRowGroup();
        foreach (var field in _texts)
        {
            var entries = field.Name == VectorNames.Ids[0] ? set.Ids : field.Name == VectorNames.Labels[0] ? set.Labels : set.Texts;
            group.WriteAsync(field, [.. entries!]).GetAwaiter().GetResult();
        }

        // Dremel levels: repetition level 0 starts a vector; all numbers are present.
        var (repetitions, definitions) = (new int[set.Vectors.Count * Dimensions], new int[set.Vectors.Count * Dimensions]);
        repetitions.AsSpan().Fill(1);
        definitions.AsSpan().Fill(_numbers.MaxDefinitionLevel);
        for (var row = 0; row < set.Vectors.Count; row++)
        {
            repetitions[row * Dimensions] = 0;
        }

        group.WriteAllPartsAsync<float>(_numbers, set.Vectors.AsSpan().ToArray(), definitions, repetitions, CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        group.CompleteValidate();
    }
}
