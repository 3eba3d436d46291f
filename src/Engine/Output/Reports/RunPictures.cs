namespace MonaLisa.Engine.Output;

/// <summary>The pictures of a run that a report shows.</summary>
/// <param name="Target">The picture that it learned.</param>
/// <param name="Painting">What it paints.</param>
/// <param name="Errors">Where it is wrong.</param>
/// <param name="LargestError">The mean error of a pixel's channels, in [0, 1], from which on the error map is lightest.</param>
internal sealed record RunPictures(EmbeddedPicture Target, EmbeddedPicture Painting, EmbeddedPicture Errors, double LargestError)
{
    private const int LegendWidth = 256, LegendHeight = 8;

    /// <summary>The colours of errors, from none on the left to the largest.</summary>
    public static EmbeddedPicture Legend(CancellationToken cancellationToken) =>
        EmbeddedPicture.WebP("legend", LegendWidth, LegendHeight, 3, (_, rowCount, colors) =>
        {
            for (int pixel = 0; pixel < rowCount * LegendWidth; pixel++)
                ColorMap.Sequential.Write((float)(pixel % LegendWidth) / (LegendWidth - 1), colors.Slice(pixel * 3, 3));
        }, cancellationToken);

    /// <summary>Makes the pictures of a run.</summary>
    public static RunPictures Of(TrainingRun run, RunPainting painting, CancellationToken cancellationToken)
    {
        PixelDataset target = run.Dataset;
        var map = new ErrorMap(target, painting.CopyRows);
        double gain = map.SuitingGain(cancellationToken);
        return new RunPictures(
            Embed(target.Channels, target.CopyRows), Embed(painting.Channels, painting.CopyRows), Embed(3, map.Rows(gain)), 1 / gain);

        EmbeddedPicture Embed(int channels, RowSource rows) =>
            EmbeddedPicture.WebP(target.Name, target.Width, target.Height, channels, rows, cancellationToken);
    }
}
