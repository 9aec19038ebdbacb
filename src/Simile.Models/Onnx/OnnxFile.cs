using Google.Protobuf;

namespace Simile.Models.Onnx;

/// <summary>Reads an .onnx file as what it is, a graph of named values, without making it ready to run.</summary>
internal static class OnnxFile
{
    /// <exception cref="InvalidDataException">The file is not an ONNX model.</exception>
    public static ModelProto Read(string path)
    {
        GitLfs.Refuse(path);
        try
        {
            using var file = File.OpenRead(path);
            var model = ModelProto.Parser.ParseFrom(file);
            return model.Graph?.Node is null ? throw new InvalidDataException($"{path} is not an ONNX model: it has no graph.") : model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{path} is not an ONNX model: {e.Message}", e);
        }
    }
}
