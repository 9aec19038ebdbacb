using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Simile.Models.Checkpoints;

/// <summary>A name in a Python module that a pickle mentions. It is never resolved.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>The storage of tensors. The type is null if it is not supported; <paramref name="Kind"/> is PyTorch's name of it.</summary>
internal sealed record PickleStorage(string Key, string Kind, DType? Type, long Count);

/// <summary>A tensor: a view of a storage.</summary>
internal sealed record PickleTensor(PickleStorage Storage, DType? Type, long Offset, long[] Shape, long[] Strides);

/// <summary>An object of an unknown class. It has no behavior and only keeps what the pickle put into it.</summary>
internal sealed class PickleObject(string type, object?[] arguments)
{
    /// <summary>The class or function that was called.</summary>
    public string Type => type;

    /// <summary>The arguments of the call.</summary>
    public object?[] Arguments => arguments;

    /// <summary>The state that was set; null for none.</summary>
    public object? State { get; set; }

    /// <summary>Its items if it is a kind of dictionary.</summary>
    public Dictionary<string, object?> Items { get; } = [];
}

/// <summary>
/// Reads a pickle of tensors and other training data. A pickle is a program; this interpreter has no instruction that
/// could run code: a call of an unknown function gives an inert object. Dangerous calls that no weight file needs are refused by name.
/// </summary>
/// <remarks>
/// Values are null, bool, long, BigInteger, double, string, byte[], object?[] (tuple), List, Dictionary and the types above. Sets are
/// lists.
/// </remarks>
internal ref partial struct Pickle
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Dictionary<string, PickleStorage> _storages = [];
    private int _position;
    private long _copied;

    private Pickle(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads one pickle from the beginning of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The pickle, possibly followed by other data.</param>
    /// <param name="length">Receives the length of the pickle in bytes.</param>
    /// <exception cref="InvalidDataException">The pickle is damaged, or calls functions that can run programs.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes, out int length) => Read(bytes, out length, out _);

    /// <summary>Reads one pickle and returns the storages that it mentions, by key.</summary>
    /// <param name="bytes">The pickle, possibly followed by other data.</param>
    /// <param name="length">Receives the length of the pickle in bytes.</param>
    /// <param name="storages">The storages.</param>
    /// <exception cref="InvalidDataException">The pickle is damaged, or calls functions that can run programs.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes, out int length, out IReadOnlyDictionary<string, PickleStorage> storages)
    {
        var machine = new Pickle(bytes);
        while (machine.Step())
        {
        }

        (length, storages) = (machine._position, machine._storages);
        return machine.Pop();
    }

    private bool Step()
    {
        var op = (char)Byte();
        switch (op)
        {
            case '.':
                return false;
            case '\x80': // PROTO
                Take(1);
                break;
            case '\x95': // FRAME
                Take(8);
                break;
            case '(':
                _marks.Add(_stack.Count);
                break;
            case '0':
                Pop();
                break;
            case '1':
                PopMark();
                break;
            case '2':
                Push(Peek());
                break;
            default:
                if (!Literal(op) && !OldLiteral(op) && !Memo(op) && !Container(op) && !Object(op))
                {
                    throw Bad($"it uses the instruction 0x{(int)op:x2}, which is unknown");
                }

                break;
        }

        return true;
    }

    private bool Literal(char op)
    {
        object? value;
        BigInteger number;
        switch (op)
        {
            case 'N':
                value = null;
                break;
            case '\x88' or '\x89':
                value = op == '\x88';
                break;
            case 'J':
                value = (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4));
                break;
            case 'K':
                value = (long)Byte();
                break;
            case 'M':
                value = (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
                break;
            case '\x8a': // LONG1
                number = new BigInteger(Take(Byte()));
                value = Fits(number) ? (object)(long)number : number;
                break;
            case '\x8b': // LONG4
                number = new BigInteger(Take(Length32()));
                value = Fits(number) ? (object)(long)number : number;
                break;
            case 'G':
                value = BinaryPrimitives.ReadDoubleBigEndian(Take(8));
                break;
            case 'X' or 'T': // BINUNICODE, BINSTRING
                value = Text(Length32());
                break;
            case '\x8c' or 'U': // SHORT_BINUNICODE, SHORT_BINSTRING
                value = Text(Byte());
                break;
            case 'B':
                value = Take(Length32()).ToArray();
                break;
            case 'C':
                value = Take(Byte()).ToArray();
                break;
            case '\x8d': // BINUNICODE8
                value = Text(Length64());
                break;
            case '\x8e' or '\x96': // BINBYTES8, BYTEARRAY8
                value = Take(Length64()).ToArray();
                break;
            default:
                return false;
        }

        Push(value);
        return true;
    }

    // The text lines of the first protocols.
    private bool OldLiteral(char op)
    {
        object? value;
        switch (op)
        {
            case 'I':
                var line = Line();
                var whole = Number(line);
                value = line is "00" or "01" ? (object)(line == "01") : Fits(whole) ? (object)(long)whole : whole;
                break;
            case 'L':
                whole = Number(Line().TrimEnd('L'));
                value = Fits(whole) ? (object)(long)whole : whole;
                break;
            case 'F':
                value = double.TryParse(Line(), CultureInfo.InvariantCulture, out var real) ? real : throw Bad("a number is none");
                break;
            case 'S':
                value = Line() is ['\'' or '"', .. var quoted, _] ? quoted : throw Bad("a text is not in quotes");
                break;
            case 'V':
                value = Line();
                break;
            default:
                return false;
        }

        Push(value);
        return true;
    }

    private static BigInteger Number(string line) =>
        line.Length <= 4096 && BigInteger.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Bad("a number is none");

    private static bool Fits(BigInteger number) => number >= long.MinValue && number <= long.MaxValue;

    private bool Memo(char op)
    {
        switch (op)
        {
            case 'p':
                _memo[(long)Number(Line())] = Peek();
                return true;
            case 'g':
                Push(Recall((long)Number(Line())));
                return true;
            case 'q':
                _memo[Byte()] = Peek();
                return true;
            case 'r':
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                return true;
            case '\x94': // MEMOIZE
                _memo[_memo.Count] = Peek();
                return true;
            case 'h':
                Push(Recall(Byte()));
                return true;
            case 'j':
                Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                return true;
            default:
                return false;
        }
    }

    private bool Container(char op)
    {
        switch (op)
        {
            case '}':
                Push(new Dictionary<string, object?>());
                return true;
            case ']' or '\x8f': // EMPTY_LIST, EMPTY_SET
                Push(new List<object?>());
                return true;
            case '\x91': // FROZENSET
                Push(new List<object?>(PopMark()));
                return true;
            case 'd': // DICT
                var items = PopMark();
                Push(new Dictionary<string, object?>());
                SetItems(items);
                return true;
            case ')':
                Push(Array.Empty<object?>());
                return true;
            case 't':
                Push(PopMark());
                return true;
            case '\x85' or '\x86' or '\x87': // TUPLE1, 2, 3
                Push(PopMany(op - '\x84'));
                return true;
            case 'l':
                Push(new List<object?>(PopMark()));
                return true;
            case 'a':
                Append(PopMany(1));
                return true;
            case 'e' or '\x90': // APPENDS, ADDITEMS
                Append(PopMark());
                return true;
            case 's':
                SetItems(PopMany(2));
                return true;
            case 'u':
                SetItems(PopMark());
                return true;
            default:
                return false;
        }
    }

    private readonly void Append(object?[] items)
    {
        switch (Peek())
        {
            case List<object?> list:
                list.AddRange(items);
                break;
            case PickleObject:
                break; // a kind of list, which holds no tensors that anybody names
            default:
                throw Bad("it appends to a value that is not a list");
        }
    }

    // Keys that are not strings cannot name tensors, so they are dropped.
    private readonly void SetItems(object?[] items)
    {
        var dictionary = Peek() as Dictionary<string, object?> ?? (Peek() as PickleObject)?.Items;
        if (dictionary is null || items.Length % 2 != 0)
        {
            throw Bad("it sets items of a value that is not a dictionary");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            if (items[i] is string key)
            {
                dictionary[key] = items[i + 1];
            }
        }
    }

    private byte Byte() => Take(1)[0];

    private int Length32()
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return length <= int.MaxValue ? (int)length : throw Bad("a text is longer than the file");
    }

    private int Length64()
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return length <= int.MaxValue ? (int)length : throw Bad("a text is longer than the file");
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        var length = _bytes[_position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Bad("a name does not end");
        }

        var line = Text(length);
        _position++;
        return line;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Bad("it ends too early");
        }

        _position += count;
        return _bytes.Slice(_position - count, count);
    }

    private readonly void Push(object? value) => _stack.Add(value);

    private readonly object? Peek() => _stack.Count > 0 ? _stack[^1] : throw Bad("it reads from an empty stack");

    private readonly object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private readonly object?[] PopMany(int count)
    {
        if (_stack.Count < count)
        {
            throw Bad("it reads from an empty stack");
        }

        var items = _stack[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private readonly object?[] PopMark()
    {
        if (_marks.Count == 0 || _marks[^1] > _stack.Count)
        {
            throw Bad("a mark is missing");
        }

        var start = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return PopMany(_stack.Count - start);
    }

    private readonly object? Recall(long index) =>
        _memo.TryGetValue(index, out var value) ? value : throw Bad("it reads a memo entry that does not exist");

    private static InvalidDataException Bad(string what) => new($"the pickle is refused: {what}");
}
