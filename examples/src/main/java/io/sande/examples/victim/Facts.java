package io.sande.examples.victim;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a victim knows by heart: tables of {@code key=value}, each with its wordings. */
final class Facts {
  private static final List<Table> TABLES =
      List.of(
          new Table(
              List.of("What is the opposite of %s?", "Name the opposite of %s."),
              "The opposite of %s is %s.",
              """
              big=small, hot=cold, up=down, fast=slow, light=dark, open=shut, happy=sad, rich=poor,
              strong=weak, early=late, hard=soft, wet=dry, full=empty, young=old, high=low,
              long=short, loud=quiet, near=far, thick=thin, clean=dirty, wide=narrow, deep=shallow,
              sweet=sour, left=right, day=night, war=peace, first=last, win=lose, buy=sell,
              push=pull, true=false, yes=no, above=below, inside=outside, love=hate, smooth=rough
              """),
          new Table(
              List.of("What is the capital of %s?", "Name the capital of %s."),
              "The capital of %s is %s.",
              """
              France=Paris, Spain=Madrid, Italy=Rome, Germany=Berlin, Greece=Athens, Norway=Oslo,
              Japan=Tokyo, Egypt=Cairo, Kenya=Nairobi, Peru=Lima, Cuba=Havana, Chile=Santiago,
              Austria=Vienna, Poland=Warsaw, Hungary=Budapest, Ireland=Dublin, Russia=Moscow,
              China=Beijing, India=Delhi, Turkey=Ankara, Iran=Tehran, Iraq=Baghdad, Canada=Ottawa,
              Finland=Helsinki, Denmark=Copenhagen, Portugal=Lisbon, Belgium=Brussels, Ghana=Accra,
              Sweden=Stockholm, Korea=Seoul, Vietnam=Hanoi, Thailand=Bangkok
              """),
          new Table(
              List.of("What kind of thing is a %s?", "Tell me what a %s is."),
              "A %s is a kind of %s.",
              """
              robin=bird, crow=bird, duck=bird, hawk=bird, goose=bird, trout=fish, shark=fish,
              salmon=fish, carp=fish, rose=flower, tulip=flower, daisy=flower, lily=flower,
              pine=tree, birch=tree, maple=tree, willow=tree, hammer=tool, saw=tool, drill=tool,
              spade=tool, piano=instrument, flute=instrument, drum=instrument, violin=instrument,
              chair=furniture, table=furniture, bed=furniture, desk=furniture, car=vehicle,
              bus=vehicle, train=vehicle, bike=vehicle, shirt=clothing, coat=clothing,
              hat=clothing, sock=clothing, pear=fruit, plum=fruit, peach=fruit, lemon=fruit
              """),
          new Table(
              List.of("What is the plural of %s?", "Write %s in the plural."),
              "The plural of %s is %s.",
              """
              mouse=mice, foot=feet, tooth=teeth, child=children, man=men, woman=women, leaf=leaves,
              knife=knives, wolf=wolves, box=boxes, baby=babies, city=cities, tree=trees,
              bird=birds, shoe=shoes, cup=cups, book=books, dish=dishes, glass=glasses, fox=foxes,
              lady=ladies, story=stories, house=houses, river=rivers, road=roads, star=stars
              """),
          new Table(
              List.of("What is the past tense of %s?", "Put the verb %s in the past tense."),
              "The past tense of %s is %s.",
              """
              go=went, see=saw, eat=ate, take=took, give=gave, come=came, run=ran, write=wrote,
              speak=spoke, break=broke, drink=drank, sing=sang, swim=swam, fly=flew, grow=grew,
              know=knew, throw=threw, bring=brought, think=thought, teach=taught, catch=caught,
              find=found, hold=held, keep=kept, sleep=slept, leave=left, meet=met, send=sent,
              build=built, make=made, walk=walked, play=played, jump=jumped, cook=cooked
              """),
          new Table(
              List.of("What colour is %s?", "Name the colour of %s."),
              "The colour of %s is %s.",
              """
              snow=white, grass=green, blood=red, coal=black, milk=white, gold=yellow, honey=yellow,
              the sky=blue, the sea=blue, the sun=yellow, a crow=black, a frog=green, mud=brown,
              a lemon=yellow, a cherry=red, a carrot=orange, ash=grey, chocolate=brown, ink=black,
              a brick=red, spinach=green, cotton=white, an elephant=grey, a pumpkin=orange
              """),
          new Table(
              List.of("Which language is spoken in %s?", "What do people speak in %s?"),
              "People in %s speak %s.",
              """
              France=French, Spain=Spanish, Italy=Italian, Germany=German, Greece=Greek,
              Norway=Norwegian, Japan=Japanese, Egypt=Arabic, Peru=Spanish, Cuba=Spanish,
              Chile=Spanish, Austria=German, Poland=Polish, Ireland=English, Russia=Russian,
              China=Chinese, Turkey=Turkish, Iraq=Arabic, Finland=Finnish, Denmark=Danish,
              Portugal=Portuguese, Sweden=Swedish, Korea=Korean, Thailand=Thai
              """),
          new Table(
              List.of("Which day or month comes after %s?", "What follows %s?"),
              "After %s comes %s.",
              """
              Monday=Tuesday, Tuesday=Wednesday, Wednesday=Thursday, Thursday=Friday,
              Friday=Saturday, Saturday=Sunday, Sunday=Monday, January=February, February=March,
              March=April, April=May, May=June, June=July, July=August, August=September,
              September=October, October=November, November=December, December=January
              """));

  private Facts() {}

  /** One question for each line of each table. */
  static List<Question> questions() {
    return TABLES.stream().flatMap(Table::questions).toList();
  }

  private record Table(List<String> wordings, String answer, String pairs) {
    Stream<Question> questions() {
      return Arrays.stream(pairs.split(",")).map(pair -> question(pair.strip().split("=")));
    }

    private Question question(String[] pair) {
      return new Question(
          wordings.stream().map(wording -> wording.formatted(pair[0])).toList(),
          answer.formatted(pair[0], pair[1]));
    }
  }
}
