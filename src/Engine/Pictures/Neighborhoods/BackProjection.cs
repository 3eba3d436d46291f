namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Corrects a doubled picture: made smaller again it should be the picture that it was made of, and what is missing there is added to it
/// (Irani and Peleg 1991).
/// </summary>
internal static class BackProjection
{
    /// <summary>Pixels of the smaller picture on each side of a part on which a correction of it depends, whatever the kernel.</summary>
    public const int Reach = 6;

    /// <summary>Corrects a part of a doubled picture. Its values stay in [0, 1].</summary>
    /// <param name="doubled">The part.</param>
    /// <param name="small">The part of the smaller picture that it was made of.</param>
    /// <param name="kernel">How the smaller picture was made.</param>
    /// <param name="times">How many times.</param>
    public static void Correct(FloatPicture doubled, FloatPicture small, ShrinkKernel kernel, int times)
    {
        for (int time = 0; time < times; time++)
        {
            FloatPicture missing = doubled.Resized(kernel, small.Width, small.Height);
            for (int i = 0; i < missing.Values.Length; i++)
                missing.Values[i] = small.Values[i] - missing.Values[i];
            FloatPicture correction = missing.Resized(ShrinkKernel.Bicubic, doubled.Width, doubled.Height);
            for (int i = 0; i < correction.Values.Length; i++)
                doubled.Values[i] = Math.Clamp(doubled.Values[i] + correction.Values[i], 0, 1);
        }
    }

    /// <summary>What a pixel of the smaller picture takes of the doubled one's, down and across, far from the edges.</summary>
    /// <param name="kernel">How the smaller picture was made.</param>
    /// <returns>The weights, and how many of these pixels lie before the first of the pixel's own two.</returns>
    public static (float[] Weights, int Before) Weights(ShrinkKernel kernel)
    {
        // Of a side of eight pixels the third lies as any does.
        const int Small = 8, Middle = 3;
        var taps = new ResampleTaps(kernel, 0, 2 * Small, Small);
        return (taps.Weights(Middle).ToArray(), 2 * Middle - taps.First(Middle));
    }
}
