namespace MonaLisa.Engine.Tests;

/// <summary>Networks that learned a real picture.</summary>
internal static class ExportTraining
{
    /// <summary>The Mona Lisa, or a skipped test where it is not beside the repository.</summary>
    public static PixelDataset Picture() => PictureReader.Read(SamplePictures.Photograph("mona-lisa.jpg"));

    /// <summary>A short training; null for the network that is chosen for the picture.</summary>
    public static TrainingRun Train(MlpDesign? design, double seconds)
    {
        PixelDataset picture = Picture();
        TrainingPlan plan = TrainingDefaults.For(picture);
        return Trainer.Train(picture, new Mlp(design ?? plan.Design), plan.Options with { MaxTime = TimeSpan.FromSeconds(seconds) },
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
