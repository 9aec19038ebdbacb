using Simile.Numerics;

namespace Simile.Cli;

/// <content>Pictures and sounds: a file, a vector.</content>
internal static partial class EmbedVerb
{
    private static int EmbedFiles(Options options, Job job)
    {
        if (options.Prompt is not null)
        {
            throw new ArgumentException("--prompt is for texts; leave it away with pictures and sounds.");
        }

        if (options.Layer is not null)
        {
            return EmbedLayer(options, job);
        }

        _ = new GivenPaths(options.Files); // names that lead nowhere are said before the model is loaded
        using var model = ModelInput.LoadAny(options.Model);
        using var npy = options.Out is { } path ? new NpyWriter(path, model.Dimensions) : null;
        var json = new JsonLines(job.Terminal.Output);
        var code = MediaRun.Over(options.Files, model, job, (file, vector) =>
        {
            if (npy is not null)
            {
                npy.Append(new VectorMatrix(vector, vector.Length));
                return;
            }

            json.Write(writer =>
            {
                writer.WriteString("path", file.Path);
                writer.WriteString("kind", HitPrinter.Word(file.Kind));
                WriteVector(writer, vector);
            });
        });
        if (npy is not null && code == ExitCode.Done)
        {
            Finish(npy, model.Dimensions, options, job);
        }

        return code;
    }
}
