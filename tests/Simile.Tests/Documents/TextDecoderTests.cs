using System.Text;
using Simile.Documents;
using Simile.Documents.Encodings;
using Simile.Testing;

namespace Simile.Tests.Documents;

public class TextDecoderTests
{
    private const string Text = "Ä 中 😀 end";

    // What people write, in the encodings that they write it in.
    private static readonly (string Text, string Encodings)[] Written =
    [
        ("Les élèves étaient très fatigués après la journée passée à l'école. Où êtes-vous allés pendant l'été dernier ?",
            "windows-1252 iso-8859-1 iso-8859-15 ibm850 macintosh"),
        ("“Naïve café” – it’s only €5…", "windows-1252"),
        ("Ein schöner Tag für Bäume.\nÜber allen Gipfeln.", "windows-1252 ibm850"),
        ("El niño comió una manzana por la mañana. ¿Qué pasó después? Él corrió rápidamente.", "windows-1252"),
        ("Não há nada de novo: a situação é difícil e as informações são poucas.", "windows-1252"),
        ("Det var en gång en gammal man som bodde i en liten stuga på ön. Han åt ärtor och drack öl.", "windows-1252"),
        ("Wczoraj późnym wieczorem żółw wszedł na ścieżkę i zjadł całą sałatę, która rosła w ogródku.", "windows-1250 iso-8859-2"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. Dnes je krásné počasí a děti si hrají venku.", "windows-1250 iso-8859-2"),
        ("Árvíztűrő tükörfúrógép. A gyerekek az udvaron játszanak, és nagyon örülnek a jó időnek.", "windows-1250 iso-8859-2"),
        ("Вчера вечером мы долго гуляли по городу и разговаривали о том, какие птицы не умеют летать.",
            "windows-1251 koi8-r iso-8859-5 cp866 x-mac-cyrillic"),
        ("Привет, мир!", "windows-1251 koi8-r cp866"),
        ("Учора ввечері ми довго гуляли містом і розмовляли про те, які птахи не вміють літати. Її їжак", "windows-1251 koi8-u"),
        ("Снощи дълго се разхождахме из града и говорихме кои птици не могат да летят.", "windows-1251"),
        ("Χθες το βράδυ περπατήσαμε πολλή ώρα στην πόλη και μιλήσαμε για τα πουλιά που δεν πετούν.", "windows-1253 iso-8859-7"),
        ("Dün akşam şehirde uzun süre yürüdük ve hangi kuşların uçamadığını konuştuk. Çok güzeldi, ığdır.", "windows-1254 iso-8859-9"),
        ("אתמול בערב טיילנו זמן רב בעיר ודיברנו על הציפורים שאינן יכולות לעוף.", "windows-1255"),
        ("مشينا في المدينة مساء أمس لفترة طويلة وتحدثنا عن الطيور التي لا تستطيع الطيران", "windows-1256 iso-8859-6"),
        ("Vakar vakare ilgai vaikščiojome po miestą ir kalbėjomės apie paukščius, kurie negali skraidyti. Ėjo žmonės", "windows-1257"),
        ("Vakar vakarā mēs ilgi staigājām pa pilsētu un runājām par putniem, kuri nevar lidot. Šodien ir jauka diena.", "windows-1257"),
        ("เมื่อวานนี้เราเดินเล่นในเมืองเป็นเวลานานและพูดคุยเกี่ยวกับนกที่บินไม่ได้", "windows-874"),
        ("昨天晚上我们在城里散步了很久，谈论哪些鸟不会飞。企鹅会游泳，但是不会飞。", "gb18030 hz-gb-2312 utf-16le utf-16be utf-32le utf-32be"),
        ("中文测试", "gb18030"),
        ("会议记录", "gb18030"),
        ("昨天晚上我們在城裡散步了很久，談論哪些鳥不會飛。企鵝會游泳，但是不會飛。", "big5 gb18030 utf-16le utf-16be"),
        ("昨日の夜、私たちは街を長い間散歩して、どの鳥が飛べないかについて話しました。ペンギンは泳げます。", "shift_jis euc-jp iso-2022-jp utf-16le utf-16be"),
        ("日本語のメモ", "shift_jis euc-jp iso-2022-jp"),
        ("어제 저녁 우리는 도시를 오랫동안 산책하면서 어떤 새가 날 수 없는지 이야기했습니다.", "euc-kr iso-2022-kr utf-16le utf-16be"),
        ("한국어 문서", "euc-kr"),
        ("Which bird cannot fly? The ostrich cannot.", "utf-16le utf-16be utf-32le utf-32be"),
        ("Какая птица не умеет летать?", "utf-16le utf-16be"),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (text, encodings) in Written)
            {
                foreach (var encoding in encodings.Split(' '))
                {
                    data.Add(text, encoding);
                }
            }

            return data;
        }
    }

    [Fact]
    public void UTF8_and_UTF16_are_read_and_their_marks_are_not_part_of_the_text()
    {
        Encoding[] encodings =
        [
            new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
            new UTF32Encoding(false, true), new UTF32Encoding(true, true),
        ];
        foreach (var encoding in encodings)
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
            Assert.Equal(new DecodedText(Text, string.Empty), TextDecoder.Decode(bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_encoding_of_a_text_is_found_and_said(string text, string encoding)
    {
        var decoded = TextDecoder.Decode(Bytes(text, encoding));
        Assert.Equal(text, decoded.Text);
        Assert.Contains("read as", decoded.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_encoding_that_is_given_is_taken_without_a_word(string text, string encoding) =>
        Assert.Equal(new DecodedText(text, string.Empty), TextDecoder.Decode(Bytes(text, encoding), given: TextEncodings.Named(encoding)));

    [Fact]
    public void UTF7_is_read()
    {
        Assert.Equal("Hi Mom ☺! A+B, 日本語", TextDecoder.Decode("Hi Mom +Jjo-! A+-B, +ZeVnLIqe-"u8).Text);
        foreach (var plain in new[] { "a + b - c", "C++ and +49-89", "x+yz-1", "~{ not } ~", "1+1=2" })
        {
            Assert.Equal(new DecodedText(plain, string.Empty), TextDecoder.Decode(Encoding.ASCII.GetBytes(plain)));
        }
    }

    [Theory]
    [InlineData("<html><head><meta charset=\"shift_jis\"></head><p>猫</p>", "shift_jis", MediaType.Html)]
    [InlineData(
        "<!-- charset=utf-8 --><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=euc-kr'><p>새</p>", "euc-kr", MediaType.Html)]
    [InlineData("<meta charset=iso-8859-1><p>caf\u00E9</p>", "windows-1252", MediaType.Html)]
    [InlineData("<?xml version=\"1.0\" encoding=\"koi8-r\"?><p>да</p>", "koi8-r", MediaType.Xhtml)]
    [InlineData("<?xml version='1.0' encoding='big5'?><a>鳥</a>", "big5", MediaType.SourceCode)]
    [InlineData("#!/usr/bin/env python\n# -*- coding: cp1251 -*-\ns = 'да'", "windows-1251", MediaType.SourceCode)]
    [InlineData("@charset \"windows-1253\";\n/* ναι */", "windows-1253", MediaType.SourceCode)]
    public void What_a_file_declares_is_honoured(string text, string encoding, string mediaType) =>
        Assert.Equal(new DecodedText(text, string.Empty), TextDecoder.Decode(Bytes(text, encoding), mediaType));

    [Fact]
    public void A_page_that_was_saved_as_UTF8_with_its_old_declaration_is_UTF8()
    {
        const string Page = "<meta charset=windows-1251><p>Вчера вечером мы долго гуляли по городу.</p>";
        Assert.Equal(Page, TextDecoder.Decode(Encoding.UTF8.GetBytes(Page), MediaType.Html).Text);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0x00)]
    [InlineData(0xE9)]
    public void One_bad_byte_costs_one_character_and_a_word(int bad)
    {
        var text = string.Concat(Enumerable.Repeat("A café, naïve as ever.\n", 20));
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), (byte)bad, .. Encoding.UTF8.GetBytes(" the end")];
        var decoded = TextDecoder.Decode(bytes);
        Assert.Equal(text + "\uFFFD the end", decoded.Text);
        Assert.Contains("line 21", decoded.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replacement_character_that_was_written_is_no_damage() =>
        Assert.Equal(new DecodedText("one \uFFFD two", string.Empty), TextDecoder.Decode("one \uFFFD two"u8));

    [Theory]
    [InlineData(new byte[] { 0x41, 0x00, 0x42, 0x43, 0x44, 0x45, 0x46 }, "binary")]
    [InlineData(new byte[] { 0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63, 0, 0 }, "HEIC")]
    [InlineData(new byte[] { 0, 0, 0, 28, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66, 0, 0 }, "AVIF")]
    [InlineData(new byte[] { 0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70, 0x6D, 0x70, 0x34, 0x32, 0, 0 }, "binary")] // video
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13 }, "picture with the name of a text file")]
    [InlineData(new byte[] { 1, 0, 2, 0, 3, 0, 0, 0 }, "binary")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 }, "archive")]
    public void Other_bytes_are_refused_with_a_reason(byte[] bytes, string reason) =>
        Assert.Contains(reason, TextDecoder.Decode(bytes).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Bytes_at_random_are_binary()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var bytes = new byte[64 << (seed % 8)];
            new Random(seed).NextBytes(bytes);
            Assert.Contains("binary", TextDecoder.Decode(bytes).Refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_in_letters_is_refused_by_name()
    {
        var data = new byte[900];
        new Random(1).NextBytes(data);
        var base64 = Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks);
        Assert.Contains("base64", TextDecoder.Decode(Encoding.ASCII.GetBytes(base64)).Refusal, StringComparison.Ordinal);
        Assert.Contains(
            "base64",
            TextDecoder.Decode(Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")).Refusal,
            StringComparison.Ordinal);
        Assert.Contains("PostScript", TextDecoder.Decode("%!PS-Adobe-3.0\n/Times findfont"u8).Refusal, StringComparison.Ordinal);
        Assert.Null(TextDecoder.Decode(Encoding.ASCII.GetBytes(new string('a', 2000))).Refusal);
    }

    [Fact]
    public void The_cases_of_text_encodings_are_read()
    {
        var folder = Assets.Require("cases/text-encodings");
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var decoded = TextDecoder.Decode(File.ReadAllBytes(path));
            Assert.Null(decoded.Refusal);
            Assert.True(decoded.Text.Count(c => c == '\uFFFD') <= 1, path);
            Assert.NotEmpty(decoded.Remark);
            Assert.Equal(Path.GetFileName(path) == "utf16be_nobom.txt", decoded.Remark.Contains("UTF-16BE", StringComparison.Ordinal));
            Assert.DoesNotContain(decoded.Text, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
        }
    }

    private static byte[] Bytes(string text, string encoding) => TextEncodings.Named(encoding)!.GetBytes(text);
}
