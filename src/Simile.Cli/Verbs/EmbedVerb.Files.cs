using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <content>Pictures and sounds: one vector per file.</content>
internal static partial class EmbedVerb
{
    private static int EmbedFiles(Options options, Job job)
    {
        if (options.Prompt is not null)
        {
            throw new ArgumentException("--prompt is for texts: omit it for pictures and sounds.");
        }

        if (options.Layer is not null)
        {
            return EmbedLayer(options, job);
        }

        _ = new GivenPaths(options.Files); // missing files are reported before the model is loaded
        using var model = ModelInput.LoadAny(options.Model);
        using var output = options.Out is { } path ? VectorWriter.Create(path, model.Dimensions) : null;
        var json = new JsonLines(job.Terminal.Output);
        var code = MediaRun.Over(options.Files, model, job, (file, vector) =>
        {
            if (output is not null)
            {
                output.Append(new VectorSet(new VectorMatrix(vector, vector.Length)) { Ids = [file.Path] });
                return;
            }

            json.Write(writer =>
            {
                writer.WriteString("path", file.Path);
                writer.WriteString("kind", HitPrinter.Word(file.Kind));
                WriteVector(writer, vector);
            });
        });
        if (output is not null && code == ExitCode.Done)
        {
            Finish(output, model.Dimensions, options, job);
        }

        return code;
    }
}
