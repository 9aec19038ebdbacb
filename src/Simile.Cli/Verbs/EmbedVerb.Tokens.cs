using Simile.Models;

namespace Simile.Cli;

/// <content>The tokens of each text: a token, a line.</content>
internal static partial class EmbedVerb
{
    private const int TextsAtOnce = 256;

    private static int EmbedTokens(LineReader? lines, Options options, Job job)
    {
        using var model = ContextualEmbedder.Load(HubCache.Locate(options.Model), options.Layer);
        var (json, row) = (new JsonLines(job.Terminal.Output), 0);
        foreach (var texts in (lines is null ? [[.. options.Texts]] : Read(lines, job.Stop)).SelectMany(some => some.Chunk(TextsAtOnce)))
        {
            foreach (var (text, tokens) in texts.Zip(model.Embed(texts, job.Stop)))
            {
                Write(json, row++, text, tokens);
            }

            job.Terminal.Output.Flush();
        }

        return ExitCode.Done;
    }

    private static void Write(JsonLines json, int row, string text, TokenVector[] tokens) => json.Write(tokens.Length, (writer, i) =>
    {
        var codePoints = new CodePoints(text);
        writer.WriteNumber("row", row);
        writer.WriteString("token", tokens[i].Token);
        writer.WriteNumber("start", codePoints.Before(tokens[i].Start));
        writer.WriteNumber("end", codePoints.Before(tokens[i].End));
        WriteVector(writer, tokens[i].Vector.Span);
    });
}
