using System.Globalization;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>Scores of models on tasks: one table for people at the end, or a JSON line for each number as it is measured.</summary>
/// <param name="models">The models, as the user named them.</param>
/// <param name="tasks">The tasks.</param>
/// <param name="asJson">Whether JSON is written.</param>
/// <param name="terminal">The terminal.</param>
internal sealed class ScoreTable(IReadOnlyList<string> models, IReadOnlyList<string> tasks, bool asJson, Terminal terminal)
{
    private readonly List<(string Model, string Task, IReadOnlyList<MetricValue> Scores)> _rows = [];

    public void Add(string model, string task, IReadOnlyList<MetricValue> scores)
    {
        _rows.Add((model, task, scores));
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(scores.Count, (json, i) =>
            {
                if (models.Count > 1)
                {
                    json.WriteString("model", model);
                }

                if (tasks.Count > 1)
                {
                    json.WriteString("task", task);
                }

                json.WriteString("metric", scores[i].Metric);
                MetricOutput.Write(json, scores[i].Value);
            });
            terminal.Output.Flush();
        }
    }

    /// <summary>Writes the table for people: a line for each metric, or for several models or tasks a row for each.</summary>
    public void Finish()
    {
        if (asJson || _rows.Count == 0)
        {
            return;
        }

        if (models.Count == 1 && tasks.Count == 1)
        {
            MetricOutput.Print(_rows[0].Scores.Select(score => (score.Metric, score.Value)), asJson: false, terminal);
            return;
        }

        string[] heads = [.. Names("model", "task"), .. _rows[0].Scores.Select(score => score.Metric)];
        PlainTable.Write(
            heads,
            [.. _rows.Select(row => (string[])[.. Names(row.Model, row.Task), .. row.Scores.Select(Number)])],
            terminal,
            Names(string.Empty, string.Empty).Count());
    }

    private IEnumerable<string> Names(string model, string task)
    {
        if (models.Count > 1)
        {
            yield return Visible.Of(model);
        }

        if (tasks.Count > 1)
        {
            yield return Visible.Of(task);
        }
    }

    private static string Number(MetricValue score) => score.Value.ToString("0.0000", CultureInfo.InvariantCulture);
}
