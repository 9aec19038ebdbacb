namespace Simile.Models.Checkpoints;

/// <content>The few calls that build tensors.</content>
internal ref partial struct Pickle
{
    private bool Object(char op)
    {
        switch (op)
        {
            case 'c':
                Push(new PickleGlobal(Line(), Line()));
                return true;
            case '\x93': // STACK_GLOBAL
                Push(PopMany(2) is [string module, string name] ? new PickleGlobal(module, name) : throw Bad("it names what is no text"));
                return true;
            case 'Q':
                Push(Storage(Pop()));
                return true;
            case 'R':
                var call = PopMany(2);
                Push(Call(call[0], call[1] as object?[] ?? throw Bad("it calls without arguments")));
                return true;
            case 'b':
                Build();
                return true;
            default:
                return false;
        }
    }

    // OrderedDict carries a version for its own use (_metadata): nothing of it is needed.
    private readonly void Build()
    {
        Pop();
        if (Peek() is not Dictionary<string, object?>)
        {
            throw Bad("it sets the inside of an object");
        }
    }

    private static PickleStorage Storage(object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[1] is not PickleGlobal kind || parts[2] is not string key || parts[4] is not long count || count < 0)
        {
            throw Bad("it refers to something outside that is not a storage");
        }

        if (parts.Length > 5 && parts[5] is not null)
        {
            throw Bad("a storage is a view of another one, which only very old files have");
        }

        return new PickleStorage(key, Type(kind), count);
    }

    private object Call(object? function, object?[] arguments) => (function as PickleGlobal)?.ToString() switch
    {
        "collections.OrderedDict" => Ordered(arguments),
        "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor" => Rebuild(arguments),
        "torch._utils._rebuild_parameter" when arguments is [PickleTensor tensor, ..] => tensor,
        "torch.Size" when arguments is [object?[] sizes] => sizes,
        null => throw Bad("it calls what is not a function"),
        var name => throw Bad($"it calls {name}, which building tensors does not need"),
    };

    private Dictionary<string, object?> Ordered(object?[] arguments)
    {
        var dictionary = new Dictionary<string, object?>();
        foreach (var pair in arguments is [List<object?> pairs] ? Charged(pairs) : [])
        {
            if (pair is object?[] and [string key, var value])
            {
                dictionary[key] = value;
            }
        }

        return dictionary;
    }

    private PickleTensor Rebuild(object?[] arguments) =>
        arguments is [PickleStorage storage, long offset, object?[] shape, object?[] strides, ..]
            ? new PickleTensor(storage, offset, Numbers(shape), Numbers(strides))
            : throw Bad("it builds a tensor from what is not one");

    private long[] Numbers(object?[] values) => Array.ConvertAll((object?[])Charged(values), v => v is long number ? number : throw Bad("a size is not a number"));

    // What a pickle names once and recalls many times would be copied as often: a few bytes could fill any memory.
    private IList<object?> Charged(IList<object?> values) => (_copied += values.Count) <= _bytes.Length ? values : throw Bad("it copies more than it holds");

    private static DType Type(PickleGlobal storage) => storage.ToString() switch
    {
        "torch.FloatStorage" => DType.F32,
        "torch.DoubleStorage" => DType.F64,
        "torch.HalfStorage" => DType.F16,
        "torch.BFloat16Storage" => DType.BF16,
        "torch.LongStorage" => DType.I64,
        "torch.IntStorage" => DType.I32,
        "torch.ShortStorage" => DType.I16,
        "torch.CharStorage" => DType.I8,
        "torch.ByteStorage" => DType.U8,
        "torch.BoolStorage" => DType.Bool,
        var other => throw Bad($"it stores numbers as {other}, which is not known"),
    };
}
