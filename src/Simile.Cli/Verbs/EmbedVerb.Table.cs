using Simile.Tables;

namespace Simile.Cli;

/// <content>Tables by a model that 'simile table fit' made: a row, a vector.</content>
internal static partial class EmbedVerb
{
    private static int EmbedTable(Options options, Job job)
    {
        if (options.Files is not [var path] || path == "-" || options.Texts.Length > 0
            || options.Prompt is not null || options.Layer is not null || options.Tokens)
        {
            throw new ArgumentException(
                $"{options.Model} is a model of the rows of tables: "
                + "embed takes one table with it, and not --text, --prompt, --layer or --tokens.");
        }

        using var table = TableReader.Open(path);
        using var model = TableInput.Load(options.Model, table);
        using var output = options.Out is { } file ? VectorWriter.Create(file, model.Dimensions) : null;
        var (json, done) = (new JsonLines(job.Terminal.Output), 0L);
        foreach (var (rows, vectors) in TableSearchVerb.Embed(model, table, job))
        {
            var first = done + 1;
            output?.Append(new VectorSet(vectors));
            if (output is null)
            {
                json.Write(rows.Length, (writer, row) =>
                {
                    writer.WriteNumber("row", first + row);
                    WriteVector(writer, vectors[row]);
                });
            }

            done += rows.Length;
        }

        TableInput.ReportSkipped(table, job.Terminal);
        foreach (var refused in model.RefusedPictures)
        {
            job.Terminal.Skip(refused.Reason);
        }

        if (output is not null)
        {
            Finish(output, model.Dimensions, options, job);
        }

        return ExitCode.Done;
    }
}
