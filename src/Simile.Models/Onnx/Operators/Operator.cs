namespace Simile.Models.Onnx.Operators;

/// <summary>An operator of ours: ONNX Runtime calls it back where it stands in a graph, on the thread that runs the network.</summary>
internal abstract class Operator
{
    /// <summary>All of them, in the domain <see cref="OperatorDomain.Name"/>.</summary>
    public static IReadOnlyList<Operator> All { get; } = [new ByteRows(), new GeluRows(), new NormRows(), new AttentionRows()];

    /// <summary>Its name in the graph.</summary>
    public abstract string Name { get; }

    /// <summary>What it takes.</summary>
    public abstract IReadOnlyList<Port> Inputs { get; }

    /// <summary>What it gives.</summary>
    public abstract IReadOnlyList<Port> Outputs { get; }

    /// <summary>Runs it once. Called from several threads at a time.</summary>
    public abstract void Run(OperatorCall call);
}

/// <summary>One input or output of an operator.</summary>
/// <param name="Type">Of its numbers.</param>
/// <param name="Optional">Whether it may be left out.</param>
internal readonly record struct Port(TensorElementType Type, bool Optional = false);
