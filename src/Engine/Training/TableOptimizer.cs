using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>How the tables of an encoding are trained, whatever the layers' optimizer.</summary>
internal enum TableOptimizer
{
    /// <summary><see cref="AdamTableLearner{TVector, TOps}"/>: reaches most, and knows the entries that no pixel has changed, which gaps need.</summary>
    Adam,

    /// <summary><see cref="NovoGradTableLearner{TVector, TOps}"/>: for large pictures, that can be learned only a few times.</summary>
    NovoGrad,
}

/// <summary>Chooses how tables are trained.</summary>
internal static class TableOptimizers
{
    /// <summary>Pixels from which a picture is large: docs/quality.md has the experiment.</summary>
    public const int LargePicture = 1_000_000;

    /// <summary>The choice for a picture.</summary>
    public static TableOptimizer For(PixelDataset picture) =>
        picture.Partition is null && picture.PixelCount >= LargePicture ? TableOptimizer.NovoGrad : TableOptimizer.Adam;
}
