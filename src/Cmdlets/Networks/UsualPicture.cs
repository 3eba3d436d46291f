using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The picture that is reckoned with where none is given.</summary>
internal static class UsualPicture
{
    /// <summary>A black picture of the usual size.</summary>
    /// <param name="channels">Samples a pixel: 1, 3 or 4.</param>
    public static PixelDataset Of(int channels = MlpDesign.DefaultOutputCount)
    {
        const int Side = TrainingDefaults.UsualSide;
        return new PixelDataset("a picture", Side, Side, new byte[Side * Side * channels], channels: channels);
    }
}
