using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A small picture and a run that learned it, for all tests of a class: nobody can change a run.</summary>
public abstract class SharedRun : Workspace
{
    /// <summary>Learns a picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="training">Parameters of Invoke-MlpTraining.</param>
    /// <param name="reading">Parameters of New-PixelDataset.</param>
    private protected SharedRun(int width, int height, string training, string reading = "")
    {
        Picture("a.png", width, height);
        Value = Run($"New-PixelDataset a.png {reading} | Invoke-MlpTraining {training}").Single<TrainingRun>();
    }

    /// <summary>The run.</summary>
    public TrainingRun Value { get; }
}

/// <summary>One epoch with eight neurons.</summary>
public sealed class SmallRun() : SharedRun(20, 10, "-HiddenLayer 8 -Epoch 1");

/// <summary>Two epochs, whose figures are worth comparing.</summary>
public sealed class MeasuredRun() : SharedRun(24, 20, "-HiddenLayer 8 -Epoch 2");

/// <summary>Two hidden layers to look into.</summary>
public sealed class LayeredRun() : SharedRun(20, 10, "-HiddenLayer 8, 5 -Epoch 1");

/// <summary>A run with everything that a run can have: held-out pixels, and a history that measured them.</summary>
public sealed class WholeRun() : SharedRun(20, 10, "-HiddenLayer 8, 6 -Epoch 3 -MeasureEachEpoch", "-HoldOut 0.25");
