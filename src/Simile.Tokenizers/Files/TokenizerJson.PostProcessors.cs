using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    private static PostProcessor ReadPostProcessor(JsonField component) => component["type"].Text() switch
    {
        "TemplateProcessing" => ReadTemplates(component),
        "ByteLevel" => PostProcessor.None with { Trims = ReadTrims(component) },
        "RobertaProcessing" => Roberta(ReadSpecial(component["cls"]), ReadSpecial(component["sep"]), ReadTrims(component)),
        "Sequence" => ReadSequence(component["processors"]),
        "BertProcessing" => Bert(ReadSpecial(component["cls"]), ReadSpecial(component["sep"])),
        var other => throw component.NotBuilt("post-processor", other),
    };

    /// <summary>[CLS] A [SEP] and [CLS] A [SEP] B [SEP].</summary>
    internal static PostProcessor Bert((string Token, int Id) cls, (string Token, int Id) sep)
    {
        TemplatePart[] single = [TemplatePart.Special(cls.Token, cls.Id, 0), TemplatePart.Sequence(0, 0), TemplatePart.Special(
            sep.Token, sep.Id, 0)];
        return new PostProcessor(single, [.. single, TemplatePart.Sequence(1, 1), TemplatePart.Special(sep.Token, sep.Id, 1)]);
    }

    /// <summary>&lt;s&gt; A &lt;/s&gt; and &lt;s&gt; A &lt;/s&gt; &lt;/s&gt; B &lt;/s&gt;, all of type 0.</summary>
    internal static PostProcessor Roberta((string Token, int Id) cls, (string Token, int Id) sep, bool[] trims)
    {
        var end = TemplatePart.Special(sep.Token, sep.Id, 0);
        TemplatePart[] single = [TemplatePart.Special(cls.Token, cls.Id, 0), TemplatePart.Sequence(0, 0), end];
        return new PostProcessor(single, [.. single, end, TemplatePart.Sequence(1, 0), end]) { Trims = trims, TypesOverflow = true };
    }

    private static bool[] ReadTrims(JsonField component) =>
        component["trim_offsets"].Flag(true) ? [component["add_prefix_space"].Flag(true)] : [];

    // Trimming handles one text at a time, so its order relative to the template does not matter.
    private static PostProcessor ReadSequence(JsonField processors)
    {
        PostProcessor[] steps = [.. processors.Items().Select(ReadPostProcessor)];
        var templates = steps.Where(step => !ReferenceEquals(step.Single, PostProcessor.None.Single)).ToArray();
        return templates.Length <= 1
            ? (templates.FirstOrDefault() ?? PostProcessor.None) with { Trims = [.. steps.SelectMany(step => step.Trims)] }
            : throw processors.NotBuilt("post-processor", "Sequence with more than one template");
    }

    private static (string Token, int Id) ReadSpecial(JsonField field)
    {
        var items = field.Items().ToArray();
        return items.Length == 2 ? (items[0].Text(), items[1].Number()) : throw field.Wrong("a token and its id");
    }

    private static PostProcessor ReadTemplates(JsonField component)
    {
        var special = component["special_tokens"];
        return new PostProcessor(
            [.. component["single"].Items().Select(part => ReadPart(part, special))],
            [.. component["pair"].Items().Select(part => ReadPart(part, special))]);
    }

    private static TemplatePart ReadPart(JsonField part, JsonField specialTokens)
    {
        if (part["Sequence"] is { IsPresent: true } sequence)
        {
            var text = sequence["id"].Text() switch { "A" => 0, "B" => 1, _ => throw sequence["id"].Wrong("A or B") };
            return TemplatePart.Sequence(text, sequence["type_id"].Number(0));
        }

        var token = part["SpecialToken"];
        var named = specialTokens[token["id"].Text()];
        if (!named.IsPresent)
        {
            throw new InvalidDataException(
                $"{part.Path} names {JsonField.Shown(token["id"].Text())}, which is not among the special_tokens of the template.");
        }

        int[] ids = [.. named["ids"].Items().Select(id => id.Number())];
        string[] tokens = [.. named["tokens"].Items().Select(t => t.Text())];
        return ids.Length == tokens.Length
            ? new TemplatePart(-1, token["type_id"].Number(0), ids, tokens)
            : throw named.Wrong("as many ids as tokens");
    }
}
