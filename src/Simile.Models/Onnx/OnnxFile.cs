using Google.Protobuf;

namespace Simile.Models.Onnx;

/// <summary>Parses an .onnx file as a graph of named values, without creating a session.</summary>
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
