using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>
/// A small teacher, random but whole, and the sentences of the repository's own samples: two thirds to fit, one third held out.
/// </summary>
public sealed class DistillationTests : IDisposable
{
    private const int Dimensions = 16;
    private static readonly string[] Sentences = [.. Directory.GetFiles(Path.Combine(Assets.Repository, "samples")).Order()
        .SelectMany(File.ReadLines).SelectMany(line => line.Split(". ")).Where(text => text.Length > 20)];

    private readonly string _folder = Assets.NewFolder();
    private readonly TextEmbedder _teacher = TextEmbedder.Load(Assets.Require("golden/architectures/st_mean"));

    public void Dispose()
    {
        _teacher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Fitting_to_texts_brings_the_similarities_of_other_texts_nearer_to_the_teacher_s()
    {
        var plain = Distil("plain", new DistillationOptions { Dimensions = Dimensions });
        var fitted = Distil("fitted", Fitting());
        var (far, near) = (Difference(plain), Difference(fitted));
        Assert.True(near < far / 2, $"The mean difference of similarities is {far} without and {near} with texts.");
    }

    [Fact]
    public void Bytes_and_halves_lose_less_than_half_a_per_cent()
    {
        var whole = Similarities(Distil("float32", Fitting() with { Type = TableType.Float32 }));
        foreach (var type in new[] { TableType.Int8, TableType.Float16 })
        {
            var kept = Similarities(Distil(type.ToString(), Fitting() with { Type = type }));
            Assert.InRange(Correlation.Spearman(whole, kept), .995, 1);
        }
    }

    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        byte[] Table(string name, int seed)
        {
            Distil(name, Fitting() with { Seed = seed }).Dispose();
            return File.ReadAllBytes(Path.Combine(_folder, name, "model.safetensors"));
        }

        var first = Table("first", 1);
        Assert.Equal(first, Table("second", 1));
        Assert.NotEqual(first, Table("third", 2));
    }

    [Fact]
    public void A_run_that_was_stopped_leaves_no_model_and_the_next_one_finishes_it()
    {
        using var stop = new CancellationTokenSource();
        var folder = Path.Combine(_folder, "stopped");
        var progress = new Reporter(value =>
        {
            if (value.Stage == "fitting")
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Distillation.Build(_teacher, folder, Fitting(), progress, stop.Token));
        Assert.False(File.Exists(Path.Combine(folder, "model.safetensors")));
        Assert.Single(Directory.GetFiles(folder, "teacher-*"));
        Distil("stopped", Fitting()).Dispose();
        Assert.Equal(
            ["README.md", "config.json", "model.safetensors", "modules.json", "tokenizer.json"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        using var model = Distil("model", Fitting() with { Type = TableType.Float32 });
        Assert.Equal(Dimensions, model.Dimensions);
        var vector = model.Embed("a man is playing a guitar");
        Assert.Equal(1, vector.Sum(number => number * number), 1e-5);
        Assert.Equal(vector, model.Embed(["a man is playing a guitar", "a dog"])[0].ToArray());
    }

    [Fact]
    public void What_cannot_be_distilled_is_said_in_a_sentence()
    {
        var many = Assert.Throws<ArgumentException>(() => Distil("many", new DistillationOptions { Dimensions = 1000 }));
        Assert.Contains("not 1000", many.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(
            () => Distil("none", new DistillationOptions { TextFile = Path.Combine(_folder, "missing.txt") }));
        var empty = Path.Combine(_folder, "empty.txt");
        File.WriteAllText(empty, "\n \n");
        Assert.Throws<InvalidDataException>(() => Distil("empty", new DistillationOptions { Dimensions = Dimensions, TextFile = empty }));
        using var itself = Distil("model", new DistillationOptions { Dimensions = Dimensions });
        Assert.Throws<NotSupportedException>(
            () => Distillation.Build(itself, Path.Combine(_folder, "again"), new DistillationOptions { Dimensions = Dimensions }));
    }

    private DistillationOptions Fitting()
    {
        var file = Path.Combine(_folder, "texts.txt");
        File.WriteAllLines(file, Sentences.Where((_, i) => i % 3 > 0));
        return new DistillationOptions { Dimensions = Dimensions, TextFile = file, Epochs = 150 };
    }

    private TextEmbedder Distil(string name, DistillationOptions options)
    {
        var folder = Path.Combine(_folder, name);
        Distillation.Build(_teacher, folder, options);
        return TextEmbedder.Load(folder);
    }

    private double Difference(TextEmbedder model) => Similarities(model).Zip(Similarities(_teacher), (a, b) => Math.Abs(a - b)).Average();

    private static double[] Similarities(TextEmbedder model)
    {
        var vectors = model.Embed([.. Sentences.Where((_, i) => i % 3 == 0)]);
        return [.. from i in Enumerable.Range(0, vectors.Count)
                   from j in Enumerable.Range(0, i)
                   select (double)System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(vectors[i], vectors[j])];
    }

    private sealed class Reporter(Action<DistillationProgress> action) : IProgress<DistillationProgress>
    {
        public void Report(DistillationProgress value) => action(value);
    }
}
