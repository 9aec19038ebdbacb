using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx.Operators;

namespace Simile.Models.Onnx;

/// <summary>
/// Builds an ONNX graph node by node. A value is represented by its name: the result of <c>Add</c> is an input of the next node.
/// </summary>
/// <remarks>
/// Weights stay in place (an array, a mapped file): the graph holds only their names and shapes, and the session reads the
/// memory itself. So the 2 GB limit of a protobuf message does not apply, and a table of embeddings is never copied.
/// </remarks>
/// <param name="inlineBytes">Tensors up to this size are stored in the graph, where ONNX Runtime's optimizer sees them.</param>
internal sealed partial class GraphBuilder(int inlineBytes = 128)
{
    private const long OpsetVersion = 20;
    private const string Microsoft = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = "simile" };
    private readonly List<(string Name, Func<OrtValue> Make)> _weights = [];
    private int _values;

    /// <summary>Declares an input. An axis is a number, or the name of a variable dimension.</summary>
    public string Input(string name, TensorElementType type, params ReadOnlySpan<string> axes)
    {
        _graph.Input.Add(Describe(name, type, axes));
        return name;
    }

    /// <summary>Declares <paramref name="value"/> as an output called <paramref name="name"/>.</summary>
    public void Output(string name, string value, TensorElementType type, params ReadOnlySpan<string> axes)
    {
        var node = new NodeProto { OpType = "Identity" };
        node.Input.Add(value);
        node.Output.Add(name);
        _graph.Node.Add(node);
        _graph.Output.Add(Describe(name, type, axes));
    }

    /// <summary>A constant tensor. Longer memory is not copied and must not change afterwards.</summary>
    public string Weight<T>(Memory<T> data, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = new TensorProto { Name = NewName(), DataType = (int)ElementType<T>() };
        tensor.Dims.AddRange(shape);
        var bytes = MemoryMarshal.AsBytes(data.Span);
        if (bytes.Length <= inlineBytes)
        {
            tensor.RawData = ByteString.CopyFrom(bytes);
        }
        else
        {
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            // ONNX Runtime requires an existing path, although it uses the data given to the session: any folder will do.
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "." });
            var dimensions = shape.ToArray();
            _weights.Add((tensor.Name, () => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data, dimensions)));
        }

        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A constant tensor of rank 1.</summary>
    public string Constant<T>(params T[] values)
        where T : unmanaged => Weight<T>(values, values.Length);

    /// <summary>A constant scalar.</summary>
    public string Scalar<T>(T value)
        where T : unmanaged => Weight<T>(new[] { value });

    /// <summary>Adds a node with one output and returns that output.</summary>
    /// <param name="op">The operator; <c>com.microsoft.X</c> for ONNX Runtime's own.</param>
    /// <param name="inputs">Values. An empty name omits an optional input.</param>
    /// <param name="attributes">Each is a long, float, string or long[].</param>
    public string Add(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var output = NewName();
        Add(op, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node with given output names. An empty name omits an optional output.</summary>
    public void Add(
        string op, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var dot = op.LastIndexOf('.');
        var node = new NodeProto { OpType = op[(dot + 1)..], Domain = dot < 0 ? string.Empty : op[..dot] };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        foreach (var (name, value) in attributes)
        {
            node.Attribute.Add(Attribute(name, value));
        }

        _graph.Node.Add(node);
    }

    /// <summary>A unique name for a value.</summary>
    public string NewName() => "v" + (_values++).ToString(CultureInfo.InvariantCulture);

    /// <summary>Creates a session for the graph.</summary>
    /// <param name="options">Runtime options.</param>
    /// <param name="checkpoint">The owner of the weights. Disposed with the model, but not if this method fails. Null if not owned.</param>
    public OnnxModel Build(OnnxModelOptions? options = null, Checkpoint? checkpoint = null)
    {
        DropUnused();
        var model = new ModelProto { IrVersion = 10, ProducerName = "simile", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = OperatorDomain.Name, Version = 1 });
        return new OnnxModel(model.ToByteArray(), _weights, options ?? new OnnxModelOptions(), checkpoint)
        {
            Products = _products,
            HasBytes = _hasBytes,
        };
    }

    private static ValueInfoProto Describe(string name, TensorElementType type, ReadOnlySpan<string> axes)
    {
        var shape = new TensorShapeProto();
        foreach (var axis in axes)
        {
            shape.Dim.Add(long.TryParse(axis, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = axis });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                (attribute.I, attribute.Type) = (number, AttributeProto.Types.AttributeType.Int);
                break;
            case int number:
                (attribute.I, attribute.Type) = (number, AttributeProto.Types.AttributeType.Int);
                break;
            case float number:
                (attribute.F, attribute.Type) = (number, AttributeProto.Types.AttributeType.Float);
                break;
            case string text:
                (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeProto.Types.AttributeType.String);
                break;
            case long[] numbers:
                attribute.Ints.AddRange(numbers);
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                break;
            default:
                throw new ArgumentException($"An attribute cannot hold a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }

    private static TensorElementType ElementType<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => TensorElementType.Float,
        TypeCode.Double => TensorElementType.Double,
        TypeCode.Byte => TensorElementType.UInt8,
        TypeCode.SByte => TensorElementType.Int8,
        TypeCode.Int32 => TensorElementType.Int32,
        TypeCode.Int64 => TensorElementType.Int64,
        TypeCode.Boolean => TensorElementType.Bool,
        _ when typeof(T) == typeof(Float16) => TensorElementType.Float16,
        _ when typeof(T) == typeof(BFloat16) => TensorElementType.BFloat16,
        _ => throw new NotSupportedException($"Tensors of {typeof(T).Name} are not supported in graphs."),
    };
}
