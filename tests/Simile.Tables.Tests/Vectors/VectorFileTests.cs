using Simile.Numerics;
using Simile.Testing;

namespace Simile.Tables.Tests;

public sealed class VectorFileTests : IDisposable
{
    private static readonly VectorSet Set = new(new VectorMatrix(new float[] { 1, -0.1f, 3e-30f, 4, 5.5f, 6e30f, 7, 8, 0 }, 3))
    {
        Ids = ["a", "b, \"c\"", "ü\n"],
        Labels = ["x", "", "y"],
        Texts = ["a text", "北京", "tab\there"],
    };

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(".npy")]
    [InlineData(".fvecs")]
    [InlineData(".parquet")]
    [InlineData(".jsonl")]
    [InlineData(".ndjson")]
    public void What_is_written_is_read_again(string ending)
    {
        var path = At("v" + ending);
        VectorFile.Write(path, Set);
        var read = VectorFile.Read(path);
        Assert.Equal(3, read.Vectors.Dimensions);
        Assert.Equal(Set.Vectors.AsSpan().ToArray(), read.Vectors.AsSpan().ToArray());
        if (ending is not (".npy" or ".fvecs"))
        {
            Assert.Equal(Set.Ids, read.Ids);
            Assert.Equal(Set.Labels, read.Labels);
            Assert.Equal(Set.Texts, read.Texts);
        }
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".fvecs")]
    [InlineData(".parquet")]
    [InlineData(".jsonl")]
    public void Rows_written_one_by_one_are_those_written_at_once(string ending)
    {
        using (var writer = VectorWriter.Create(At("many" + ending), 2))
        {
            for (var i = 0; i < 1000; i++)
            {
                writer.Append(new VectorSet(new VectorMatrix(new float[] { i, -i }, 2)));
            }

            Assert.False(File.Exists(At("many" + ending)));
            writer.Finish();
        }

        var read = VectorFile.Read(At("many" + ending)).Vectors;
        Assert.Equal(1000, read.Count);
        Assert.Equal([999f, -999f], read[999].ToArray());
    }

    [Theory]
    [InlineData(".csv", "id,label,text,v0,v1,v2\na,x,a text,1,-0.1,3E-30\n\"b, \"\"c\"\"\",,北京,4,5.5,6E+30\n\"ü\n\",y,tab\there,7,8,0\n")]
    [InlineData(
        ".tsv",
        "id\tlabel\ttext\tv0\tv1\tv2\na\tx\ta text\t1\t-0.1\t3E-30\n\"b, \"\"c\"\"\"\t\t北京\t4\t5.5\t6E+30\n\"ü\n"
        + "\"\ty\t\"tab\there\"\t7\t8\t0\n")]
    public void Tables_have_a_column_for_each_component(string ending, string expected)
    {
        VectorFile.Write(At("v" + ending), Set);
        Assert.Equal(expected, File.ReadAllText(At("v" + ending)));
    }

    [Fact]
    public void A_writer_that_is_not_finished_leaves_nothing()
    {
        foreach (var ending in VectorFile.Writable)
        {
            using var writer = VectorWriter.Create(At("none" + ending), 3);
            writer.Append(Set);
        }

        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void JSON_lines_may_call_the_vector_embedding_and_hold_more()
    {
        File.WriteAllText(
            At("v.jsonl"),
            "\uFEFF{\"path\":\"a.txt\",\"more\":{\"vector\":[9]},\"embedding\":[1,2.5e0]}\r\n\n"
            + "{\"embedding\":[-1,0],\"label\":3,\"path\":null}");
        var read = VectorFile.Read(At("v.jsonl"));
        Assert.Equal([1f, 2.5f, -1f, 0f], read.Vectors.AsSpan().ToArray());
        Assert.Equal(["a.txt", ""], read.Ids);
        Assert.Equal(["", "3"], read.Labels);
        Assert.Null(read.Texts);
    }

    [Theory]
    [InlineData("{\"vector\":[1,2]}\n{\"vector\":[1]}\n", "line 2 has a vector of 1 numbers, but the first one has 2")]
    [InlineData("{\"vector\":[1,NaN]}\n", "line 1 is not a JSON object")]
    [InlineData("{\"vector\":[1,1e400]}\n", "an infinity in row 0, column 1")]
    [InlineData("{\"vector\":[1,\"2\"]}\n", "line 1 is not a JSON object")]
    [InlineData("{\"vector\":[[1,2]]}\n", "line 1 is not a JSON object")]
    [InlineData("{\"vector\":[]}\n", "without components")]
    [InlineData("{\"vector\":[1", "line 1 is not a JSON object")]
    [InlineData("{\"vectors_\":[1]}", "it has no \"vector\"")]
    [InlineData("[1,2]", "it is not an object")]
    [InlineData("\n\n", "holds no vectors")]
    public void Bad_JSON_lines_are_refused_in_a_sentence(string content, string reason)
    {
        File.WriteAllText(At("v.jsonl"), content);
        Refuses(reason, At("v.jsonl"));
    }

    [Fact]
    public void Vectors_of_bytes_and_whole_numbers_are_read()
    {
        File.WriteAllBytes(At("v.bvecs"), [2, 0, 0, 0, 1, 255, 2, 0, 0, 0, 3, 4]);
        File.WriteAllBytes(At("v.ivecs"), [1, 0, 0, 0, 255, 255, 255, 255]);
        Assert.Equal([1f, 255f, 3f, 4f], VectorFile.Read(At("v.bvecs")).Vectors.AsSpan().ToArray());
        Assert.Equal([-1f], VectorFile.Read(At("v.ivecs")).Vectors.AsSpan().ToArray());
    }

    [Theory]
    [InlineData(new byte[] { }, "no vectors")]
    [InlineData(new byte[] { 1, 0, 0 }, "no vectors")]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "has 0 numbers")]
    [InlineData(new byte[] { 255, 255, 255, 255, 1, 2, 3, 4 }, "damaged")]
    [InlineData(new byte[] { 255, 255, 255, 127, 1, 2, 3, 4 }, "truncated")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 2, 3 }, "truncated")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 2, 3, 4, 2, 0, 0, 0, 1, 2, 3, 4 }, "row 1 has 2 numbers")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0xC0, 0x7F }, "NaN in row 0")]
    public void Bad_vecs_files_are_refused_in_a_sentence(byte[] content, string reason)
    {
        File.WriteAllBytes(At("v.fvecs"), content);
        Refuses(reason, At("v.fvecs"));
    }

    [Fact]
    public void A_changed_file_is_read_or_refused_in_a_sentence()
    {
        foreach (var ending in (string[])[".fvecs", ".parquet", ".jsonl"])
        {
            VectorFile.Write(At("good" + ending), Set);
            var good = File.ReadAllBytes(At("good" + ending));
            ReaderFuzz.Run(_folder, ending[1..], good, good, changed =>
            {
                File.Move(changed, At("changed" + ending), overwrite: true);
                return VectorFile.Read(At("changed" + ending)).Vectors.AsSpan().Length;
            }, 300);
        }
    }

    [Fact]
    public void Other_endings_are_refused_when_they_are_written()
    {
        Assert.Contains(
            ".fvecs", Assert.Throws<ArgumentException>(() => VectorWriter.Create(At("v.xyz"), 3)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => VectorFile.Read(At("nothing.npy")));
        Assert.Throws<ArgumentException>(() => VectorFile.Write(At("v.npy"), Set with { Ids = ["a"] }));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static void Refuses(string reason, string path)
    {
        var message = Assert.Throws<InvalidDataException>(() => VectorFile.Read(path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
