using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class TrainingJobTests : Workspace
{
    private const string Endless = "Invoke-MlpTraining -HiddenLayer 8 -MaxTime 10:0:0 -AsJob";

    [Fact]
    public void It_trains_in_the_background_and_hands_out_runs()
    {
        Picture("a.png");
        Picture("b.png");
        SessionResult result = Run(
            """
            $job = 'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -AsJob -JobName Lisa
            $job
            $found = Get-Job -Name Lisa
            [object]::ReferenceEquals($job, $found)
            $null = Wait-Job $job
            $job.HasMoreData
            Receive-Job $job
            $job.HasMoreData
            Remove-Job $job
            @(Get-Job).Count
            """);
        result.AssertNoErrors();
        var job = Assert.IsType<TrainingJob>(result.Output[0]);
        Assert.Equal("Lisa", job.Name);
        Assert.Equal("TrainingJob", job.PSJobTypeName);
        Assert.Contains("Invoke-MlpTraining", job.Command);
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Equal([true, true], result.Output.Skip(1).Take(2));
        Assert.Equal(["a", "b"], result.Output.Skip(3).Take(2).Select(run => Assert.IsType<TrainingRun>(run).Dataset.Name));
        Assert.Equal([false, 0], result.Output.Skip(5));
    }

    [Fact]
    public void It_shows_how_far_it_is_and_a_stopped_one_keeps_what_was_learned()
    {
        Picture("a.png");
        SessionResult result = Run(
            $$"""
            $job = New-PixelDataset a.png | {{Endless}}
            while (-not $job.StatusMessage) { [Threading.Thread]::Sleep(5) }
            $job.StatusMessage
            $job.ChildJobs[0].Progress.Count
            Stop-Job $job
            $job.JobStateInfo.State
            Receive-Job $job
            """);
        result.AssertNoErrors();
        Assert.Matches("a: epoch .*dB", Assert.IsType<string>(result.Output[0]));
        Assert.Equal(1, result.Output[1]);
        Assert.Equal(JobState.Stopped, result.Output[2]);
        var run = Assert.IsType<TrainingRun>(result.Output[3]);
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.True(run.Steps > 0);
    }

    [Fact]
    public void A_stopped_one_can_be_resumed_from_its_checkpoint()
    {
        Picture("a.png");
        SessionResult result = Run(
            """
            $job = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 100000000 -CheckpointPath ./a.checkpoint -AsJob
            while (-not $job.StatusMessage) { [Threading.Thread]::Sleep(5) }
            Stop-Job $job
            $stopped = Receive-Job $job
            $resumed = New-PixelDataset a.png | Invoke-MlpTraining -Resume ./a.checkpoint -Epoch ($stopped.Epochs + 1)
            $stopped.Steps, $resumed.Steps
            """);
        IReadOnlyList<long> steps = result.All<long>();
        Assert.InRange(steps[1] - steps[0], 0, 2);
    }

    [Fact]
    public void A_picture_that_fails_is_an_error_of_the_job_and_the_next_goes_on()
    {
        Picture("a.png");
        Picture("b.png");
        SessionResult result = Run(
            """
            $job = 'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Optimizer Sgd -LearningRate 1000 -BatchSize 16 -Epoch 100 -Schedule Constant -AsJob
            $null = Wait-Job $job
            $job.JobStateInfo.State
            $job.Error.TargetObject.Name
            """);
        Assert.Equal([JobState.Failed, "a", "b"], result.Output);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_an_error_of_the_job()
    {
        Picture("a.png");
        SessionResult result = Run(
            """
            $job = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -CheckpointPath ./a.checkpoint -AsJob
            $null = Wait-Job $job
            $other = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16 -Epoch 3 -CheckpointPath ./a.checkpoint -Continue -AsJob
            $null = Wait-Job $other
            $other.Error.FullyQualifiedErrorId
            """);
        Assert.Equal([$"InvalidOption,{typeof(InvokeMlpTrainingCommand).FullName}"], result.Output);
    }

    [Fact]
    public void Without_pictures_it_ends_at_once() => Assert.Equal(
        JobState.Completed,
        Run("$job = @() | Invoke-MlpTraining -HiddenLayer 8 -AsJob; $null = Wait-Job $job; $job.JobStateInfo.State").Single<JobState>());

    [Fact]
    public void A_pipeline_that_fails_before_its_end_leaves_no_job_waiting()
    {
        Picture("a.png");
        SessionResult result = Run(
            """
            try { & { New-PixelDataset a.png; throw 'enough' } | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -AsJob } catch { }
            $job = Get-Job
            $null = Wait-Job $job
            $job.JobStateInfo.State
            """);
        Assert.Equal(JobState.Completed, result.Single<JobState>());
    }

    [Fact]
    public void Removing_one_by_force_stops_it()
    {
        Picture("a.png");
        SessionResult result = Run($"$job = New-PixelDataset a.png | {Endless}; Remove-Job $job -Force; $job.JobStateInfo.State");
        Assert.Equal(JobState.Stopped, result.Single<JobState>());
    }
}
