using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models.Tables;

/// <summary>Rows of a table to vectors: fitted once on a table, kept as a model folder, applied to new rows.</summary>
/// <remarks>
/// A row is its cells as texts, empty or null where a value is missing. The components of a column stand side by side, in the order of the
/// options, each multiplied by the column's weight. Thread-safe once fitted, but for columns of pictures. Owns the models of its text and
/// picture columns: dispose it.
/// </remarks>
public sealed class TableEmbedder : IDisposable
{
    private const int MostDimensions = 1 << 22;

    private readonly List<ColumnEncoder> _encoders;
    private readonly int[] _firsts;
    private readonly TableModels _models;

    private TableEmbedder(List<ColumnEncoder> encoders, TableModels models)
    {
        (_encoders, _models) = (encoders, models);
        _firsts = new int[encoders.Count];
        var (groups, next) = (new Dictionary<string, int>(StringComparer.Ordinal), 0L);
        for (var i = 0; i < encoders.Count; i++)
        {
            var group = encoders[i].Options.Group;
            var isShared = group is not null && groups.TryGetValue(group, out _firsts[i]);
            if (!isShared)
            {
                _firsts[i] = (int)next;
                next += encoders[i].Width;
                groups.TryAdd(group ?? $"\n{i}", _firsts[i]);
            }
        }

        Dimensions = next is >= 1 and <= MostDimensions ? (int)next
            : throw new InvalidDataException(next < 1
                ? "All columns of the table are ignored: give one a kind."
                : $"The columns of the table would make {next:N0} components, more than {MostDimensions:N0}: "
                    + "hash the columns with many classes, or leave them out.");
    }

    /// <summary>The columns that rows need, in the order of the components.</summary>
    public IReadOnlyList<ColumnOptions> Columns => [.. _encoders.Select(encoder => encoder.Options)];

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>A name for each component: the column, and what of it.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var names = new string[Dimensions];
            for (var i = 0; i < _encoders.Count; i++)
            {
                _encoders[i].Names.CopyTo(names, _firsts[i]);
            }

            return names;
        }
    }

    /// <summary>The folder that paths of pictures begin at; empty for the current one.</summary>
    public string PictureRoot
    {
        get => _models.Root;
        set => _models.Root = value;
    }

    /// <summary>The pictures that could not be read so far; their components are 0.</summary>
    public IReadOnlyList<RefusedFile> RefusedPictures => _models.Refused;

    /// <summary>Whether a folder holds what <see cref="Save"/> wrote.</summary>
    public static bool IsTable(string folder) => Directory.Exists(folder) && TableFolder.Is(folder);

    /// <summary>Fits the columns to the rows of a table, which are taken one by one.</summary>
    /// <param name="columns">The names of the table's columns.</param>
    /// <param name="rows">The rows, each with a cell for each column.</param>
    /// <param name="options">How each column becomes numbers, in the order of the components; ignored ones are left out.</param>
    /// <param name="progress">Optional progress callback: rows so far.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">A column is not in the table, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or a column has too many classes.</exception>
    public static TableEmbedder Fit(
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string?>> rows,
        IReadOnlyList<ColumnOptions> options,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        var models = new TableModels();
        List<ColumnEncoder> encoders = [.. options.Where(column => column.Kind != ColumnKind.Ignored)
            .Select(column => Checked(column, models))];
        RequireEqualGroups(encoders);
        var places = Places(encoders, columns);
        var count = 0;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < encoders.Count; i++)
            {
                encoders[i].Fit(row[places[i]]);
            }

            count++;
            progress?.Report(count);
        }

        if (count == 0)
        {
            throw new InvalidDataException("The table has no rows to fit to.");
        }

        encoders.ForEach(encoder => encoder.Finish());
        return new TableEmbedder(encoders, models);
    }

    /// <summary>Loads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds no fitted table.</exception>
    public static TableEmbedder Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!IsTable(folder))
        {
            throw new InvalidDataException($"{folder} holds no fitted table: 'simile table fit' makes one.");
        }

        var models = new TableModels();
        return new TableEmbedder(TableFolder.Load(folder, models), models);
    }

    /// <summary>Writes a model folder: config.json and table.json.</summary>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TableFolder.Save(folder, _encoders, Dimensions);
    }

    /// <summary>The vectors of rows, row i for row i.</summary>
    /// <param name="columns">The names of the columns that the rows have, in any order; those that were not fitted are left out.</param>
    /// <param name="rows">The rows, each with a cell for each column.</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    /// <exception cref="ArgumentException">A fitted column is not among them.</exception>
    public VectorMatrix Embed(
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var places = Places(_encoders, columns);
        var vectors = new VectorMatrix(rows.Count, Dimensions);
        for (var i = 0; i < _encoders.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = places[i];
            _encoders[i].Encode([.. rows.Select(row => row[place])], vectors, _firsts[i], cancellationToken);
        }

        Weigh(vectors);
        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose() => _models.Dispose();

    private static ColumnEncoder Checked(ColumnOptions options, TableModels models)
    {
        options.Validate();
        return ColumnEncoder.Of(options, models);
    }

    private static void RequireEqualGroups(List<ColumnEncoder> encoders)
    {
        foreach (var group in encoders.Where(encoder => encoder.Options.Group is not null).GroupBy(encoder => encoder.Options.Group))
        {
            if (group.Any(encoder => encoder is not HashedEncoder)
                || group.Select(encoder => (encoder.Width, encoder.Options.Weight)).Distinct().Count() > 1)
            {
                throw new ArgumentException(
                    $"The columns of the group {group.Key} share their components, so all are hashed, "
                    + "with as many of them and one weight.");
            }
        }
    }

    private static int[] Places(List<ColumnEncoder> encoders, IReadOnlyList<string> columns)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            places.TryAdd(columns[i], i);
        }

        return [.. encoders.Select(encoder => places.TryGetValue(encoder.Options.Name, out var place) ? place
            : throw new ArgumentException(
                $"The table has no column \"{encoder.Options.Name}\": "
                + $"it has {string.Join(", ", columns.Take(10).Select(name => $"\"{name}\""))}"
                + $"{(columns.Count > 10 ? ", …" : string.Empty)}."))];
    }

    private void Weigh(VectorMatrix vectors)
    {
        for (var i = 0; i < _encoders.Count; i++)
        {
            var (encoder, isFirst) = (_encoders[i], Array.IndexOf(_firsts, _firsts[i]) == i);
            for (var row = 0; encoder.Options.Weight != 1 && isFirst && row < vectors.Count; row++)
            {
                var part = vectors[row].Slice(_firsts[i], encoder.Width);
                TensorPrimitives.Multiply(part, encoder.Options.Weight, part);
            }
        }
    }
}
