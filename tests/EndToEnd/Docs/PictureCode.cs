using Simile.Models;
using Simile.Models.Images;
using Simile.Models.Sound;
using Simile.Testing;

namespace EndToEnd.Docs;

/// <summary>The C# code of docs/models/images.md and docs/models/sound.md, compiled and run.</summary>
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
