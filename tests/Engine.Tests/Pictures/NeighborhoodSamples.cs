using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks that see neighbourhoods, of a few neurons with random weights.</summary>
internal static class NeighborhoodSamples
{
    /// <summary>A network with a picture in it.</summary>
    /// <param name="picture">The picture, with gaps where it is to be filled.</param>
    /// <param name="chosen">Task, kernel and noise.</param>
    /// <param name="blend">The share of what it gives that is painted.</param>
    public static Mlp Network(PixelDataset picture, NeighborhoodEncoding chosen, float blend = 1)
    {
        NeighborhoodEncoding encoding = NeighborhoodPicture.EncodingFor(picture, chosen) with { Blend = blend };
        var design = new MlpDesign { HiddenLayers = [5], Activation = Activation.ReLU, OutputCount = picture.Channels };
        Mlp network = NeighborhoodPicture.Into(new Mlp(design.With(encoding)), encoding, picture);
        foreach (DenseLayer layer in network.Layers)
            for (int i = 0; i < layer.Weights.Length; i++)
                layer.Weights[i] *= 0.3f;
        return network;
    }

    /// <summary>A network for a task, with a picture that suits it.</summary>
    public static Mlp Network(
        NeighborhoodTask task, int width, int height, int channels, ShrinkKernel kernel = ShrinkKernel.Auto, float blend = 0.75f,
        int backProjections = 1, bool isSingleView = false)
    {
        PixelDataset picture = TestPictures.Create(width, height, channels);
        if (task == NeighborhoodTask.Fill)
            picture = picture.WithRoles((x, y) => x < 12 || (x * 7 + y * 5) % 3 > 0 ? PixelRole.HeldOut : PixelRole.Training);
        return Network(picture, new NeighborhoodEncoding
        {
            Task = task, Kernel = kernel, Noise = task == NeighborhoodTask.Denoise ? Noise : 0, BackProjections = backProjections, IsSingleView = isSingleView,
        }, blend);
    }

    /// <summary>The noise that the networks remove.</summary>
    public const float Noise = 0.06f;
}
