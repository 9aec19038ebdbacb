using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Simile.Models.Onnx.Operators;

/// <summary>Registers <see cref="Operator.All"/> with a session, through ONNX Runtime's C API for custom operators.</summary>
/// <remarks>The API only grows: the index of a function in its table and of a field in <see cref="OrtCustomOp"/> never change.</remarks>
internal static unsafe class OperatorDomain
{
    /// <summary>The domain of the operators.</summary>
    public const string Name = "simile";

    private static readonly Lazy<nint> Domain = new(Create);

    /// <summary>Adds the operators to session options.</summary>
    public static void AddTo(SessionOptions options) => Add(Domain.Value, options);

    private static void Add(nint domain, SessionOptions options)
    {
        OrtApi.Check(
            ((delegate* unmanaged<nint, nint, nint>)OrtApi.Function(OrtApi.AddCustomOpDomain))(options.DangerousGetHandle(), domain));
        GC.KeepAlive(options);
    }

    // Lives as long as the process, as the operators do.
    private static nint Create()
    {
        nint domain;
        OrtApi.Check(((delegate* unmanaged<byte*, nint*, nint>)OrtApi.Function(OrtApi.CreateCustomOpDomain))(Text(Name), &domain));
        foreach (var op in Operator.All)
        {
            OrtApi.Check(((delegate* unmanaged<nint, OrtCustomOp*, nint>)OrtApi.Function(OrtApi.CustomOpDomainAdd))(domain, Describe(op)));
        }

        Announce(domain);
        return domain;
    }

    // The first session with a new domain adds its name to a process-wide list without a lock. So an empty network is created before any
    // other.
    private static void Announce(nint domain)
    {
        OrtEnv.Instance();
        using var options = new SessionOptions();
        Add(domain, options);
        var nothing = new ModelProto { IrVersion = 10, Graph = new GraphProto { Name = "nothing" } };
        nothing.OpsetImport.Add(new OperatorSetIdProto { Version = 20 });
        nothing.Graph.Initializer.Add(new TensorProto
        {
            Name = "x",
            DataType = (int)TensorElementType.Float,
            RawData = ByteString.CopyFrom(new byte[sizeof(float)]),
            Dims = { 1 },
        });
        nothing.Graph.Output.Add(new ValueInfoProto
        {
            Name = "x",
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorElementType.Float } },
        });
        new InferenceSession(nothing.ToByteArray(), options).Dispose();
    }

    private static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    private static OrtCustomOp* Describe(Operator op)
    {
        var description = (OrtCustomOp*)NativeMemory.AllocZeroed((nuint)sizeof(OrtCustomOp));
        *description = new OrtCustomOp
        {
            Version = OrtApi.Version,
            CreateKernel = &CreateKernel,
            GetName = &GetName,
            GetExecutionProviderType = &GetProvider,
            GetInputType = &GetInputType,
            GetInputTypeCount = &GetInputCount,
            GetOutputType = &GetOutputType,
            GetOutputTypeCount = &GetOutputCount,
            KernelDestroy = &Destroy,
            GetInputCharacteristic = &GetInputCharacteristic,
            GetOutputCharacteristic = &GetOutputCharacteristic,
            GetInputMemoryType = &GetMemoryType,
            GetVariadicInputMinArity = &One,
            GetVariadicInputHomogeneity = &One,
            GetVariadicOutputMinArity = &One,
            GetVariadicOutputHomogeneity = &One,
            KernelComputeV2 = &Compute,
            NameText = Text(op.Name),
            Operator = GCHandle.ToIntPtr(GCHandle.Alloc(op)),
        };
        return description;
    }

    private static Operator Of(OrtCustomOp* op) => (Operator)GCHandle.FromIntPtr(op->Operator).Target!;

    // A kernel has no state: it is the operator itself.
    [UnmanagedCallersOnly]
    private static OrtCustomOp* CreateKernel(OrtCustomOp* op, nint api, nint info) => op;

    [UnmanagedCallersOnly]
    private static void Destroy(OrtCustomOp* op)
    {
    }

    [UnmanagedCallersOnly]
    private static byte* GetName(OrtCustomOp* op) => op->NameText;

    // None: the CPU.
    [UnmanagedCallersOnly]
    private static byte* GetProvider(OrtCustomOp* op) => null;

    [UnmanagedCallersOnly]
    private static int GetInputType(OrtCustomOp* op, nuint index) => (int)Of(op).Inputs[(int)index].Type;

    [UnmanagedCallersOnly]
    private static nuint GetInputCount(OrtCustomOp* op) => (nuint)Of(op).Inputs.Count;

    [UnmanagedCallersOnly]
    private static int GetOutputType(OrtCustomOp* op, nuint index) => (int)Of(op).Outputs[(int)index].Type;

    [UnmanagedCallersOnly]
    private static nuint GetOutputCount(OrtCustomOp* op) => (nuint)Of(op).Outputs.Count;

    [UnmanagedCallersOnly]
    private static int GetInputCharacteristic(OrtCustomOp* op, nuint index) => Of(op).Inputs[(int)index].Optional ? 1 : 0;

    [UnmanagedCallersOnly]
    private static int GetOutputCharacteristic(OrtCustomOp* op, nuint index) => Of(op).Outputs[(int)index].Optional ? 1 : 0;

    [UnmanagedCallersOnly]
    private static int GetMemoryType(OrtCustomOp* op, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int One(OrtCustomOp* op) => 1;

    [UnmanagedCallersOnly]
    private static nint Compute(OrtCustomOp* op, nint context)
    {
        try
        {
            Of(op).Run(new OperatorCall(context));
            return 0;
        }
        catch (Exception e) // nothing may be thrown through ONNX Runtime
        {
            return OrtApi.Failure(e.Message);
        }
    }
}
