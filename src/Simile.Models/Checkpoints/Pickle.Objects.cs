namespace Simile.Models.Checkpoints;

/// <content>Objects. The few calls that build tensors and plain containers are known; every other one gives an object that does
/// nothing.</content>
internal ref partial struct Pickle
{
    // What a file of weights has no reason to mention: whoever writes it wants to run something.
    private static readonly string[] DangerousModules =
        [
            "os", "posix", "nt", "subprocess", "sys", "runpy", "importlib", "imp", "socket", "shutil", "pty", "ctypes", "multiprocessing",
            "webbrowser", "code", "pip", "commands", "popen2", "asyncio", "http", "urllib", "requests", "timeit", "pdb", "bdb", "cProfile",
            "profile", "trace",
        ];

    private static readonly string[] DangerousBuiltins =
    [
        "eval", "exec", "execfile", "compile", "open", "__import__", "input", "breakpoint", "apply", "file", "globals", "exit", "quit",
    ];

    private bool Object(char op)
    {
        switch (op)
        {
            case 'c':
                Push(Global(Line(), Line()));
                return true;
            case '\x93': // STACK_GLOBAL
                Push(PopMany(2) is [string module, string name] ? Global(module, name) : throw Bad("it names what is no text"));
                return true;
            case 'Q':
                Push(Storage(Pop()));
                return true;
            case 'P':
                Push(new PickleObject("an object outside of it", []) { State = Line() });
                return true;
            case 'R' or '\x81': // REDUCE, NEWOBJ
                var call = PopMany(2);
                Push(Call(call[0], call[1] as object?[] ?? throw Bad("it calls without arguments")));
                return true;
            case '\x92': // NEWOBJ_EX
                call = PopMany(3);
                Push(Call(call[0], call[1] as object?[] ?? throw Bad("it calls without arguments")));
                return true;
            case 'i': // INST
                var type = Global(Line(), Line());
                Push(Call(type, PopMark()));
                return true;
            case 'o': // OBJ
                var parts = PopMark();
                Push(parts is [var first, .. var rest] ? Call(first, rest) : throw Bad("it calls without arguments"));
                return true;
            case 'b':
                Build();
                return true;
            default:
                return false;
        }
    }

    private static PickleGlobal Global(string module, string name)
    {
        var root = module.Split('.')[0];
        return DangerousModules.Contains(root) || (root is "builtins" or "__builtin__" && DangerousBuiltins.Contains(name.Split('.')[0]))
            ? throw Bad($"it calls {module}.{name}, which can run programs and has no place in a file of weights")
            : new PickleGlobal(module, name);
    }

    // OrderedDict carries a version for its own use (_metadata): nothing of it is needed.
    private readonly void Build()
    {
        var state = Pop();
        if (Peek() is PickleObject target)
        {
            target.State = state;
        }
        else if (Peek() is not (Dictionary<string, object?> or PickleTensor))
        {
            throw Bad("it sets the inside of what has none");
        }
    }

    // ("storage", type, key, location, count, view); in old files also ("module", class, file, source).
    private readonly object? Storage(object? id)
    {
        if (id is object?[] and ["module", var type, ..])
        {
            return type;
        }

        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[1] is not PickleGlobal kind
            || parts[2] is not string key || parts[4] is not long count || count < 0)
        {
            return new PickleObject("an object outside of it", []);
        }

        if (parts.Length > 5 && parts[5] is not null)
        {
            throw Bad("a storage is a view of another one, which only very old files have");
        }

        var storage = new PickleStorage(key, kind.Name, TorchTypes.Storage(kind), count);
        _storages.TryAdd(key, storage);
        return storage;
    }

    private object? Call(object? function, object?[] arguments) => (function as PickleGlobal)?.ToString() switch
    {
        "collections.OrderedDict" or "builtins.dict" or "__builtin__.dict" => Ordered(arguments),
        "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor" => Rebuild(arguments, null),
        "torch._utils._rebuild_tensor_v3" =>
            Rebuild(arguments, arguments is [_, _, _, _, _, _, PickleGlobal type, ..] ? TorchTypes.Number(type) : null),
        "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state"
            when arguments is [PickleTensor tensor, ..] => tensor,
        "torch._tensor._rebuild_from_type_v2" or "torch.tensor._rebuild_from_type"
            when arguments is [var inner, _, object?[] parts, ..] && (inner as PickleGlobal)?.Module == "torch._utils" =>
            Call(inner, parts),
        "torch.Size" or "builtins.tuple" when arguments is [object?[] sizes] => sizes,
        "builtins.list" when arguments is [List<object?> list] => list,
        null => new PickleObject((function as PickleObject)?.Type ?? "an object", arguments),
        var name => new PickleObject(name, arguments),
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

    // What is built on anything else (a sparse or quantized tensor's parts) is an object that nobody can use.
    private object Rebuild(object?[] arguments, DType? type) => arguments switch
    {
        [PickleStorage storage, long offset, object?[] shape, object?[] strides, ..] =>
            new PickleTensor(storage, type ?? storage.Type, offset, Numbers(shape), Numbers(strides)),
        [PickleObject, ..] => new PickleObject("a tensor", []),
        _ => throw Bad("it builds a tensor from what is not one"),
    };

    private long[] Numbers(object?[] values) =>
        Array.ConvertAll((object?[])Charged(values), v => v is long number ? number : throw Bad("a size is not a number"));

    // What a pickle names once and recalls many times would be copied as often: a few bytes could fill any memory.
    private IList<object?> Charged(IList<object?> values) =>
        (_copied += values.Count) <= _bytes.Length ? values : throw Bad("it copies more than it holds");
}
