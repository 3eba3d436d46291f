namespace MonaLisa.Engine.Tests;

/// <summary>The sample picture is what the sample model paints.</summary>
public class SampleModelTests
{
    [Fact]
    public void The_sample_model_paints_the_sample_picture()
    {
        string samples = Path.Combine(SamplePictures.Repository(), "module", "samples");
        PixelDataset picture = PictureReader.Read(Path.Combine(samples, "mona-lisa.png"));
        Mlp network = ModelFile.Load(Path.Combine(samples, "mona-lisa.safetensors"), cancellationToken: TestContext.Current.CancellationToken).Network;

        var colors = new float[picture.PixelCount * picture.Channels];
        using var renderer = new ImageRenderer(network);
        renderer.Render(picture.Width, picture.Height, 0, picture.Height, colors, TestContext.Current.CancellationToken);

        // Another vector width may round the last bit of a sum differently, and so one step of 255.
        for (int i = 0; i < colors.Length; i++)
            Assert.InRange(Math.Clamp(colors[i], 0, 1) * 255 - picture.Samples8[i], -1, 1);
    }
}
