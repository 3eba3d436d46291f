namespace MonaLisa.Engine.Tests;

/// <summary>Checkpoints whose runs go on: what a description claims is counted with, and not only read.</summary>
internal sealed class ResumeTarget : CheckpointTarget, IDisposable
{
    private const int MostEpochs = 2;

    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public override string Name => "resume";

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random) => random.Next(4) switch
    {
        0 => base.Mutate(whole, random),
        1 => Seal(SafetensorsBytes.Compose(SafetensorsBytes.Header(whole), ByteMutator.MutateOnce(SafetensorsBytes.Data(whole), random))),
        _ => Seal(ModelMutator.SetNumberAfter("monalisa.checkpoint\":", whole, random)),
    };

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        string path = _folder.File("run.checkpoint");
        File.WriteAllBytes(path, input);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Load(path);
        using var source = new CancellationTokenSource();
        int epochs = 0;
        TrainingRun run = ResumableTraining.Resume(
            Picture, checkpoint, checkpoint.Options with { ThreadCount = 1 },
            epochDone: _ =>
            {
                if (++epochs == MostEpochs)
                    source.Cancel();
            },
            cancellationToken: source.Token);
        Assert.True(run.Elapsed >= checkpoint.Elapsed);
        Assert.True(run.Steps >= checkpoint.Steps);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) =>
        base.IsRefusal(exception) || exception is TrainingDivergedException or ProviderUnavailableException;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
