using System.IO.Compression;
using System.Xml;

namespace Simile.Tables;

/// <summary>
/// A zip archive with a limit on the real unpacked size; the sizes in its headers are not trusted. XML entities are disabled.
/// </summary>
internal sealed class BoundedArchive : IDisposable
{
    private const int MostEntries = 50_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationToken _stop;
    private readonly long _most;
    private long _left;

    /// <exception cref="InvalidDataException">The archive is damaged, or has too many entries.</exception>
    public BoundedArchive(ReadOnlyMemory<byte> file, CancellationToken stop)
        : this(new MemoryStream(file.ToArray(), writable: false), 256L << 20, stop)
    {
    }

    /// <summary>Opens an archive that unpacks at most <paramref name="most"/> bytes. The archive owns the stream and closes it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has too many entries.</exception>
    public BoundedArchive(Stream file, long most, CancellationToken stop)
    {
        (_stop, _most, _left) = (stop, most, most);
        _archive = Open(file);
        if (_archive.Entries.Count > MostEntries)
        {
            throw new InvalidDataException("its zip archive has more entries than a document needs");
        }

        foreach (var entry in _archive.Entries)
        {
            _entries.TryAdd(entry.FullName.TrimStart('/'), entry);
        }
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>The bytes of an entry; empty if it does not exist.</summary>
    /// <exception cref="InvalidDataException">The entry exceeds the limit.</exception>
    public byte[] Bytes(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return [];
        }

        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            Take(count);
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    /// <summary>An entry as XML, unpacked while it is read; null if the entry does not exist.</summary>
    public XmlReader? Xml(string name) =>
        _entries.TryGetValue(name, out var entry) ? XmlReader.Create(new CountedStream(entry.Open(), Take), Settings) : null;

    /// <summary>The relationship targets of a part (Open Packaging Conventions), by id, as entry names.</summary>
    public Dictionary<string, string> Relationships(string part)
    {
        var folder = part.Contains('/', StringComparison.Ordinal) ? part[..part.LastIndexOf('/')] : string.Empty;
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = Xml($"{folder}/_rels/{part[(folder.Length == 0 ? 0 : folder.Length + 1)..]}.rels".TrimStart('/'));
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship"
                && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                targets.TryAdd(id, Resolve(folder, target));
            }
        }

        return targets;
    }

    /// <summary>Resolves a link that is relative to a folder of the archive to an entry name.</summary>
    public static string Resolve(string folder, string target)
    {
        var names = target.StartsWith('/') ? [] : folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var name in target.Split('#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveAt(Math.Max(0, names.Count - 1));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return string.Join('/', names.Where(name => name.Length > 0));
    }

    public void Dispose() => _archive.Dispose();

    private static ZipArchive Open(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Take(int count)
    {
        _stop.ThrowIfCancellationRequested();
        _left -= count;
        if (_left < 0)
        {
            throw new InvalidDataException($"it unpacks to more than {_most >> 20:N0} MB, which no document does");
        }
    }
}
