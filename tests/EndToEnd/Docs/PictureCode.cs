using Simile.Audio;
using Simile.Imaging;
using Simile.Models;
using Simile.Testing;

namespace EndToEnd.Docs;

/// <summary>The C# code of docs/models/images.md, join.md and sound.md, compiled and run.</summary>
public class PictureCode
{
    [Fact]
    public void Pictures_to_vectors()
    {
        var file = Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx");
        string[] paths = [Assets.Require("data/photos/chelsea.png"), file];

        using var model = ImageEmbedder.Load(file);                    // a model folder, an .onnx, .pth, .th or .safetensors file
        var vectors = model.Embed(paths, out var refused);             // a row for each file; what is no picture is named and the rest is done

        Assert.Equal(2, vectors.Count);
        Assert.Single(refused);
    }

    [Fact]
    public void Texts_beside_pictures()
    {
        var folder = SmallJoint.Make("clip_legacy_eos", Assets.NewFolder());
        var path = Assets.Require("data/photos/chelsea.png");

        using var clip = ClipModel.Load(folder);                       // CLIP, SigLIP or CLAP, as their authors published them
        float[] cat = clip.EmbedText("a photo of a cat");
        float[] picture = clip.EmbedImage(path);
        ClipRanking ranking = clip.Rank(["a cat", "a dog"], [path]);   // ranking.Logits[0], ranking.Probabilities[0]

        using var model = JointModel.Load(folder);
        var labels = model.EmbedLabels(["cat", "dog"], ["a photo of a {}", "a drawing of a {}"], MediaKind.Image);
        float[] probabilities = model.Classify(model.EmbedImages([path], out _)[0], MediaKind.Image, labels);

        Assert.Equal(cat.Length, picture.Length);
        Assert.Equal(1, ranking.Probabilities[0].Sum(), 1e-5f);
        Assert.Equal(1, probabilities.Sum(), 1e-5f);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_classifier_beside_texts()
    {
        var folder = Assets.NewFolder();
        var network = Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx");
        var labels = Assets.Require("models/mobilenet-v2-imagenet/imagenet_labels_1001.txt");

        ModelJoin.Make(folder, new ModelJoinOptions { Classifier = network, Kind = MediaKind.Image, Labels = labels });
        using var joined = JointModel.Load(folder);
        float[] query = joined.EmbedQuery("a cat", MediaKind.Image);

        Assert.Equal(512, query.Length);
        Assert.Equal([MediaKind.Text, MediaKind.Image], joined.Kinds);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Sound_to_numbers()
    {
        var path = Assets.Require("golden/audio/inputs/animal_16k.wav");

        var sound = Waveform.Load(path).Resample(16000);               // one channel, samples in [-1, 1)
        float[] vector = Mfcc.Statistics(sound);                       // means and deviations of 20 coefficients: needs no model
        var frames = Mfcc.Of(sound);                                   // frames × 20; Mfcc.Delta(frames) is how they change

        var features = FeatureExtractor.Load(Assets.Require("golden/audio/extractors/whisper")).Extract(sound);   // what the network takes

        Assert.Equal(40, vector.Length);
        Assert.Equal(20, frames.Dimensions);
        Assert.Equal([80, 3000], features.Shape);
    }
}
