using System.Text;
using Simile.Documents;

namespace Simile.Tests.Documents;

public class TextDecoderTests
{
    private const string Text = "Ä 中 😀 end";

    [Fact]
    public void UTF8_and_UTF16_are_read_and_their_marks_are_not_part_of_the_text()
    {
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];
        foreach (var encoding in encodings)
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
            Assert.True(TextDecoder.TryDecode(bytes, out var text, out _));
            Assert.Equal(Text, text);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x41, 0xFF, 0x42 }, "Windows-1252")]
    [InlineData(new byte[] { 0xC4, 0xE3, 0xBA, 0xC3 }, "GBK")]
    [InlineData(new byte[] { 0x41, 0xC3 }, "not UTF-8")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "not UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8 }, "damaged")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41 }, "damaged")]
    [InlineData(new byte[] { 0x41, 0x00, 0x42, 0x43, 0x44, 0x45, 0x46 }, "binary")]
    [InlineData(new byte[] { 0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63, 0, 0 }, "HEIC")]
    [InlineData(new byte[] { 0, 0, 0, 28, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66, 0, 0 }, "AVIF")]
    [InlineData(new byte[] { 0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70, 0x6D, 0x70, 0x34, 0x32, 0, 0 }, "binary")] // video
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13 }, "picture under the name of a text")]
    public void Other_bytes_are_refused_with_a_reason(byte[] bytes, string reason)
    {
        Assert.False(TextDecoder.TryDecode(bytes, out _, out var why));
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }
}
