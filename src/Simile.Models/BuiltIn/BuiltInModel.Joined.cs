using Simile.Audio;
using Simile.Imaging;
using Simile.Models.Projection;

namespace Simile.Models.BuiltIn;

/// <content>Pictures and sounds.</content>
public static partial class BuiltInModel
{
    private const string ImageNetwork = "image/network";
    private const string ImageClasses = "image/classes";
    private const string SoundNetwork = "sound/network";
    private const string SoundClasses = "sound/classes";

    // As in the classifier's training: the center of the picture, scaled to −1 to 1.
    private static readonly ImageProcessorOptions Pixels = new()
    {
        Resize = ImageResize.ShortestEdge,
        ResizeHeight = 256,
        Crop = (224, 224),
        RescaleFactor = 1 / 128.0,
        RescaleOffset = true,
        Mean = [],
    };

    private static readonly string[] ImageTemplates = [LabelTemplate.Of(MediaKind.Image)];
    private static readonly string[] SoundTemplates = [LabelTemplate.Of(MediaKind.Sound)];

    /// <summary>Adds classifiers to a packed text model. The same files always give the same bytes.</summary>
    /// <param name="file">The packed file. It is replaced.</param>
    /// <param name="image">MobileNet v2 as ONNX with byte weights, input [batch, 3, 224, 224] from −1 to 1, and its class names.</param>
    /// <param name="sound">YAMNet as ONNX with byte weights, input [batch, 1, 96, 64], and its class names.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the number of class names is wrong.</exception>
    /// <exception cref="NotSupportedException">A network cannot be packed.</exception>
    public static void Join(string file, (string Network, string Labels) image, (string Network, string Labels) sound)
    {
        using var texts = new TextEmbedder(TextEmbedder.BuiltIn, Load(file));
        var sections = TextSections(file);
        Add(sections, ImageNetwork, ImageClasses, image, ImageTemplates, texts);
        Add(sections, SoundNetwork, SoundClasses, sound, SoundTemplates, texts);
        PackedFile.Write(file, sections);
    }

    /// <summary>Opens the model of this Simile. Each network is loaded on first use.</summary>
    /// <param name="resize">How pictures are resized; null: as in the classifier's training.</param>
    internal static MultimodalModel LoadProjected(PictureResize? resize = null) => LoadProjected(FilePath, resize);

    /// <summary>Opens a packed file.</summary>
    internal static MultimodalModel LoadProjected(string path, PictureResize? resize = null)
    {
        var file = Open(path);
        try
        {
            return new ProjectedModel(
                resize?.NameOf(TextEmbedder.BuiltIn) ?? TextEmbedder.BuiltIn,
                ClassSpaceSection.Dimensions(file, ImageClasses),
                () => new TextEmbedder(TextEmbedder.BuiltIn, Load(file, owned: null)),
                new(() => Images(file, resize), ImageTemplates),
                new(() => Sounds(file), SoundTemplates),
                file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static (ImageEmbedder Classifier, ClassSpace Space) Images(PackedFile file, PictureResize? resize)
    {
        var network = ByteNetworkSection.Read(file, ImageNetwork).Build();
        var options = new ImageEmbedderOptions { Normalize = false };
        return (
            new ImageEmbedder(
                TextEmbedder.BuiltIn, network, ByteNetwork.Scores, new ImageProcessor(resize?.Apply(Pixels) ?? Pixels), options),
            ClassSpaceSection.Read(file, ImageClasses));
    }

    private static (SoundEmbedder Classifier, ClassSpace Space) Sounds(PackedFile file)
    {
        var network = ByteNetworkSection.Read(file, SoundNetwork).Build();
        var options = new SoundEmbedderOptions { Normalize = false };
        return (new SoundEmbedder(TextEmbedder.BuiltIn, network, ByteNetwork.Scores, new YamnetExtractor(), options),
            ClassSpaceSection.Read(file, SoundClasses));
    }

    private static List<(string Name, byte[] Bytes)> TextSections(string path)
    {
        using var file = PackedFile.Open(path);
        return [.. new[] { ConfigSection, PackedNetwork.Section, VocabularySection, PackedTable.Section }
            .Select(name => (name, file.Section(name).ToArray()))];
    }

    private static void Add(
        List<(string, byte[])> sections,
        string network,
        string classes,
        (string Network, string Labels) classifier,
        string[] templates,
        TextEmbedder texts)
    {
        var packed = ByteNetworkReader.Read(classifier.Network);
        var names = ClassNames.Read(classifier.Labels, packed.Classes);
        sections.Add((network, ByteNetworkSection.Write(packed)));
        sections.Add((classes, ClassSpaceSection.Write(ClassNames.Place(names, templates, texts))));
    }
}
