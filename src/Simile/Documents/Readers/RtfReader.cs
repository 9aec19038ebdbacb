using System.Globalization;
using System.Text;
using Simile.Documents.Encodings;

namespace Simile.Documents.Readers;

/// <summary>Rich Text Format: paragraphs and table rows, in the encodings of its fonts.</summary>
internal sealed class RtfReader
{
    private const int MostNesting = 10_000;

    // Groups that are not part of the text.
    private static readonly HashSet<string> Unseen = new(
        """
        fonttbl colortbl stylesheet info pict object objdata themedata colorschememapping latentstyles datastore rsidtbl generator
        listtable listoverridetable revtbl header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc xmlnstbl
        fldinst pgdsctbl bkmkstart bkmkend filetbl nonshppict template userprops passwordhash
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private readonly byte[] _file;
    private readonly Stack<State> _groups = [];
    private readonly Dictionary<int, int> _fonts = [];
    private readonly List<byte> _bytes = [];
    private readonly StringBuilder _text = new();
    private readonly List<List<string>> _rows = [];
    private readonly List<DocumentBlock> _blocks = [];
    private List<string>? _row;
    private State _state = new(1252, 1, false, false, 0);
    private int _at;
    private int _skip;
    private int _codePage = 1252;

    private RtfReader(byte[] file) => _file = file;

    private readonly record struct State(int CodePage, int UnicodeSkip, bool IsUnseen, bool IsFontTable, int Font);

    public static DocumentText Read(ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        var reader = new RtfReader(file.ToArray());
        reader.Run(stop);
        return new DocumentText([new DocumentPart(null, reader._blocks)]);
    }

    private void Run(CancellationToken stop)
    {
        while (_at < _file.Length)
        {
            if (_at % 65_536 == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            Step((char)_file[_at++]);
        }

        EndParagraph();
        EndTable();
    }

    private void Step(char c)
    {
        switch (c)
        {
            case '{':
                Flush();
                if (_groups.Count >= MostNesting)
                {
                    throw new InvalidDataException("its groups are nested too deeply");
                }

                _groups.Push(_state);
                break;
            case '}':
                Flush();
                _state = _groups.TryPop(out var outer) ? outer : _state;
                break;
            case '\\':
                Control();
                break;
            case '\r' or '\n':
                break;
            default:
                Byte((byte)c);
                break;
        }
    }

    private void Byte(byte value)
    {
        if (_skip > 0)
        {
            _skip--;
        }
        else if (!_state.IsUnseen)
        {
            _bytes.Add(value);
        }
    }

    private void Control()
    {
        if (_at >= _file.Length)
        {
            return;
        }

        var c = (char)_file[_at];
        if (char.IsAsciiLetter(c))
        {
            Word();
            return;
        }

        _at++;
        switch (c)
        {
            case '\'':
                if (_at + 1 < _file.Length && byte.TryParse(
                    Encoding.ASCII.GetString(_file, _at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    _at += 2;
                    Byte(value);
                }

                break;
            case '*':
                // An ignorable destination. Known ones are handled by name.
                _state = _state with { IsUnseen = true };
                break;
            case '~':
                Append("\u00A0");
                break;
            case '_':
                Append("-");
                break;
            case '\r' or '\n':
                EndParagraph();
                break;
            case '\\' or '{' or '}':
                Byte((byte)c);
                break;
        }
    }

    private void Word()
    {
        var start = _at;
        while (_at < _file.Length && char.IsAsciiLetter((char)_file[_at]))
        {
            _at++;
        }

        var word = Encoding.ASCII.GetString(_file, start, _at - start);
        var digits = _at;
        _at += _at < _file.Length && _file[_at] == '-' ? 1 : 0;
        while (_at < _file.Length && char.IsAsciiDigit((char)_file[_at]))
        {
            _at++;
        }

        int? number = int.TryParse(
            Encoding.ASCII.GetString(_file, digits, _at - digits),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var parsed)
            ? parsed
            : null;
        _at += _at < _file.Length && _file[_at] == ' ' ? 1 : 0;
        Take(word, number);
    }

    private void Take(string word, int? number)
    {
        if (Unseen.Contains(word))
        {
            Flush();
            _state = _state with { IsUnseen = true, IsFontTable = word == "fonttbl" };
            return;
        }

        switch (word)
        {
            case "ansicpg":
                _codePage = number ?? _codePage;
                _state = _state with { CodePage = _codePage };
                break;
            case "mac" or "pc" or "pca":
                _codePage = word == "mac" ? 10000 : word == "pc" ? 437 : 850;
                _state = _state with { CodePage = _codePage };
                break;
            case "uc":
                _state = _state with { UnicodeSkip = number ?? 1 };
                break;
            case "u" when number is { } unit:
                Append($"{(char)(ushort)unit}");
                _skip = _state.UnicodeSkip;
                break;
            case "f":
                Flush();
                _state = _state with
                {
                    Font = number ?? 0,
                    CodePage = _state.IsFontTable ? _state.CodePage : _fonts.GetValueOrDefault(number ?? 0, _codePage),
                };
                break;
            case "fcharset" when _state.IsFontTable:
                _fonts[_state.Font] = CodePageOf(number ?? 0);
                break;
            case "v":
                Flush();
                _state = _state with { IsUnseen = number != 0 };
                break;
            case "par" or "sect" or "page":
                EndParagraph();
                break;
            case "line" or "softline":
                Append("\n");
                break;
            case "tab":
                Append(" ");
                break;
            case "cell" or "nestcell":
                Flush();
                (_row ??= []).Add(_text.ToString().Trim());
                _text.Clear();
                break;
            case "row" or "nestrow" when _row is not null:
                _rows.Add(_row);
                _row = null;
                break;
            case "pard" when _row is null:
                EndTable();
                break;
            case "emdash" or "endash" or "bullet" or "lquote" or "rquote" or "ldblquote" or "rdblquote":
                Append(word switch
                {
                    "emdash" => "—",
                    "endash" => "–",
                    "bullet" => "•",
                    "lquote" => "‘",
                    "rquote" => "’",
                    "ldblquote" => "“",
                    _ => "”",
                });
                break;
            case "bin":
                _at = (int)Math.Min(_file.Length, _at + Math.Max(0L, number ?? 0));
                break;
        }
    }

    private void Append(string text)
    {
        Flush();
        if (!_state.IsUnseen)
        {
            _text.Append(text);
        }
    }

    // Bytes are decoded together, because a character may take two of them.
    private void Flush()
    {
        if (_bytes.Count > 0)
        {
            _text.Append(TextEncodings.OfOr1252(_state.CodePage).GetString([.. _bytes]));
            _bytes.Clear();
        }
    }

    private void EndParagraph()
    {
        Flush();
        var text = _text.ToString().Trim();
        if (_row is not null)
        {
            _text.Append('\n');
            return;
        }

        _text.Clear();
        if (text.Length > 0)
        {
            EndTable();
            _blocks.Add(new DocumentBlock(BlockKind.Prose, text));
        }
    }

    private void EndTable()
    {
        if (_rows.Count > 0)
        {
            _blocks.AddRange(TableText.Rows(_rows));
            _rows.Clear();
        }
    }

    private int CodePageOf(int charset) => charset switch
    {
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => _codePage,
    };
}
