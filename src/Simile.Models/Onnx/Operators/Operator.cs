namespace Simile.Models.Onnx.Operators;

/// <summary>A custom operator. ONNX Runtime calls it on the thread that runs the network.</summary>
internal abstract class Operator
{
    /// <summary>All custom operators, in the domain <see cref="OperatorDomain.Name"/>.</summary>
    public static IReadOnlyList<Operator> All { get; } = [new ByteRows(), new GeluRows(), new NormRows(), new AttentionRows()];

    /// <summary>Its name in the graph.</summary>
    public abstract string Name { get; }

    /// <summary>Its inputs.</summary>
    public abstract IReadOnlyList<Port> Inputs { get; }

    /// <summary>Its outputs.</summary>
    public abstract IReadOnlyList<Port> Outputs { get; }

    /// <summary>Runs the operator. Called from several threads concurrently.</summary>
    public abstract void Run(OperatorCall call);
}

/// <summary>One input or output of an operator.</summary>
/// <param name="Type">The number type.</param>
/// <param name="Optional">Whether it is optional.</param>
internal readonly record struct Port(TensorElementType Type, bool Optional = false);
